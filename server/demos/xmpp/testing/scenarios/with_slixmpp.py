"""Two people with slixmpp: log in, roster, presence, chat both ways, a room, and goodbye. Usage: PORT (CERTIFICATE|-) MECHANISM"""
import asyncio
import sys

from slixmpp import ClientXMPP
from slixmpp.exceptions import IqError

PORT, CERTIFICATE, MECHANISM = int(sys.argv[1]), sys.argv[2], sys.argv[3]
TLS = CERTIFICATE != "-"
PATIENCE = 15


class Person(ClientXMPP):
    """One client, whose stanzas can be waited for."""

    def __init__(self, name):
        super().__init__(f"{name}@localhost/slixmpp-{MECHANISM}", "porthole", sasl_mech=MECHANISM)
        self.stanzas = asyncio.Queue()
        # The certificate vouches for itself; its names are still checked.
        self.ca_certs = CERTIFICATE if TLS else None
        for plugin in ("xep_0030", "xep_0045", "xep_0092", "xep_0184", "xep_0191", "xep_0199", "xep_0280"):
            self.register_plugin(plugin)
        self.add_event_handler("message", self.stanzas.put_nowait)
        self.add_event_handler("presence", self.stanzas.put_nowait)
        self["feature_mechanisms"].unencrypted_plain = True
        self["feature_mechanisms"].unencrypted_scram = True

    async def come_in(self):
        started = self.wait_until("session_start", PATIENCE)
        self.connect(("127.0.0.1", PORT), disable_starttls=not TLS, force_starttls=TLS)
        await started
        await self.get_roster()
        self.send_presence()

    async def gets(self, fits):
        while True:
            stanza = await asyncio.wait_for(self.stanzas.get(), PATIENCE)
            if fits(stanza):
                return stanza


def step(what):
    print("ok", what, flush=True)


async def main():
    alice, bob = Person("alice"), Person("bob")
    await alice.come_in()
    await bob.come_in()
    assert (alice.transport.get_extra_info("ssl_object") is not None) == TLS
    step(f"logged in as {alice.boundjid.full}")

    await alice.update_roster("bob@localhost", name="Bob", groups=["Friends"])
    assert alice.client_roster["bob@localhost"]["name"] == "Bob"
    step("roster")

    alice.send_presence(pto="bob@localhost", pshow="dnd")
    presence = await bob.gets(lambda s: s["from"] == alice.boundjid and s.name == "presence" and s["type"] == "dnd")
    assert presence["show"] == "dnd"
    step("presence")

    alice.send_message(mto=bob.boundjid.full, mbody="hello, 你好", mtype="chat")
    got = await bob.gets(lambda s: s.name == "message")
    assert (got["body"], got["from"]) == ("hello, 你好", alice.boundjid), got
    got.reply("hello yourself").send()
    back = await alice.gets(lambda s: s.name == "message" and s["body"])
    assert back["body"] == "hello yourself", back
    step("chat both ways")

    room = "snug@conference.localhost"
    for person, nick in ((alice, "alice"), (bob, "bob")):
        await asyncio.wait_for(person["xep_0045"].join_muc_wait(room, nick), PATIENCE)
    alice.send_message(mto=room, mbody="anybody here?", mtype="groupchat")
    said = await bob.gets(lambda s: s.name == "message" and s["type"] == "groupchat" and s["body"])
    assert (said["body"], said["mucnick"]) == ("anybody here?", "alice"), said
    for person, nick in ((bob, "bob"), (alice, "alice")):
        person["xep_0045"].leave_muc(room, nick)
    step("room")

    version = await alice["xep_0092"].get_version("localhost")
    assert version["software_version"]["name"] == "Porthole", version
    assert (await alice["xep_0199"].ping("localhost")) >= 0
    await alice["xep_0280"].enable()
    await alice["xep_0191"].block({"carol@localhost"})
    blocked = await alice["xep_0191"].get_blocked()
    assert {str(jid) for jid in blocked["blocklist"]["items"]} == {"carol@localhost"}, blocked
    await alice["xep_0191"].unblock({"carol@localhost"})
    info = await alice["xep_0030"].get_info("localhost")
    assert "urn:xmpp:blocking" in info["disco_info"]["features"]
    try:
        await alice["xep_0030"].get_info("localhost", node="nothing")
        raise AssertionError("there is no such node")
    except IqError as error:
        assert error.condition == "item-not-found", error
    step("version, ping, carbons, blocking, disco")

    for person in (alice, bob):
        await person.disconnect()
    step("goodbye")


asyncio.get_event_loop().run_until_complete(asyncio.wait_for(main(), 60))
