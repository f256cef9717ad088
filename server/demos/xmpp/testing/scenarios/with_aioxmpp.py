"""Scenarios with aioxmpp: presence, rooms, private storage, blocking, version, ping. Usage: PORT"""
import asyncio
import contextlib
import sys

import aioxmpp
import aioxmpp.blocking
import aioxmpp.muc
import aioxmpp.ping
import aioxmpp.private_xml
import aioxmpp.roster
import aioxmpp.security_layer
import aioxmpp.version
import aioxmpp.xml
import aioxmpp.xso as xso

PORT = int(sys.argv[1])
PATIENCE = 20


@aioxmpp.private_xml.Query.as_payload_class
class KeptNotes(xso.XSO):
    """Something to be kept."""

    TAG = ("urn:example:notes", "kept")
    text = xso.Text(default=None)


def step(what):
    print("ok", what, flush=True)


def within(awaitable):
    return asyncio.wait_for(awaitable, PATIENCE)


def person(name, resource):
    security = aioxmpp.make_security_layer("porthole", no_verify=True)
    client = aioxmpp.PresenceManagedClient(
        aioxmpp.JID.fromstr(f"{name}@localhost/{resource}"),
        security,
        override_peer=[("127.0.0.1", PORT, aioxmpp.connector.STARTTLSConnector())],
    )
    return client


async def main():
    async with contextlib.AsyncExitStack() as stack:
        alice_client, bob_client = person("alice", "aio"), person("bob", "aio")
        rosters = {}
        services = {}
        for client in (alice_client, bob_client):
            rosters[client] = client.summon(aioxmpp.RosterClient)
            client.summon(aioxmpp.PingService)
            services[client] = (client.summon(aioxmpp.PresenceClient), client.summon(aioxmpp.MUCClient))
        blocking = alice_client.summon(aioxmpp.BlockingClient)
        alice = await stack.enter_async_context(alice_client.connected())
        bob = await stack.enter_async_context(bob_client.connected())
        step(f"logged in as {alice_client.local_jid} over TLS")

        # Presence by name.
        seen = asyncio.get_event_loop().create_future()

        def available(full, stanza):
            if full == alice_client.local_jid and not seen.done():
                seen.set_result(stanza)

        services[bob_client][0].on_available.connect(available)
        await alice.send(aioxmpp.Presence(type_=aioxmpp.PresenceType.AVAILABLE, to=bob_client.local_jid))
        assert (await within(seen)).from_ == alice_client.local_jid
        step("presence")

        # A subscription, and its end.
        granted = asyncio.get_event_loop().create_future()
        rosters[bob_client].on_subscribe.connect(lambda stanza: rosters[bob_client].approve(stanza.from_))
        rosters[alice_client].on_subscribed.connect(lambda stanza: granted.done() or granted.set_result(stanza))
        rosters[alice_client].subscribe(bob_client.local_jid.bare())
        await within(granted)
        for _ in range(100):
            item = rosters[alice_client].items.get(bob_client.local_jid.bare())
            if item is not None and item.subscription == "to":
                break
            await asyncio.sleep(0.02)
        assert item.subscription == "to", item
        await within(rosters[alice_client].remove_entry(bob_client.local_jid.bare()))
        step("subscription")

        # Messages both ways.
        heard = {client: asyncio.Queue() for client in (alice_client, bob_client)}
        for client in heard:
            dispatcher = client.summon(aioxmpp.dispatcher.SimpleMessageDispatcher)
            dispatcher.register_callback(aioxmpp.MessageType.CHAT, None, heard[client].put_nowait)
        for sender, to in ((alice, bob_client), (bob, alice_client)):
            message = aioxmpp.Message(type_=aioxmpp.MessageType.CHAT, to=to.local_jid)
            message.body[None] = f"for {to.local_jid.localpart}"
            await sender.send(message)
            got = await within(heard[to].get())
            assert got.body.any() == f"for {to.local_jid.localpart}", got
        step("chat both ways")

        # A room: both come in, one talks, renames, sets the subject, leaves.
        room_jid = aioxmpp.JID.fromstr("parlour@conference.localhost")
        rooms = {}
        for client, nick in ((alice_client, "alice"), (bob_client, "bob")):
            room, entered = services[client][1].join(room_jid, nick)
            await within(entered)
            rooms[client] = room
        said = asyncio.Queue()
        rooms[bob_client].on_message.connect(lambda message, member, source, **_: said.put_nowait((message, member)))
        message = aioxmpp.Message(type_=aioxmpp.MessageType.GROUPCHAT)
        message.body[None] = "hello, room"
        await within(as_sent(rooms[alice_client], message))
        got, member = await within(said.get())
        assert (got.body.any(), member.nick) == ("hello, room", "alice"), got
        renamed = asyncio.get_event_loop().create_future()
        rooms[alice_client].on_nick_changed.connect(
            lambda member, old, new, **_: renamed.done() or renamed.set_result((old, new))
        )
        await within(rooms[bob_client].set_nick("bobby"))
        assert await within(renamed) == ("bob", "bobby")
        topic = asyncio.get_event_loop().create_future()
        rooms[bob_client].on_topic_changed.connect(lambda member, new, **_: topic.done() or topic.set_result(new))
        await within(rooms[alice_client].set_topic({None: "sockets"}))
        assert (await within(topic)).any() == "sockets"
        await within(rooms[bob_client].leave())
        step("room: join, talk, nick, subject, leave")

        # Kicked by the owner.
        rejoined, entered = services[bob_client][1].join(room_jid, "bob")
        await within(entered)
        out = asyncio.get_event_loop().create_future()
        rejoined.on_exit.connect(lambda muc_leave_mode, **_: out.done() or out.set_result(muc_leave_mode))
        await within(rooms[alice_client].muc_set_role("bob", "none", reason="late"))
        assert await within(out) == aioxmpp.muc.LeaveMode.KICKED
        await within(rooms[alice_client].leave())
        step("room: kick")

        private = alice_client.summon(aioxmpp.private_xml.PrivateXMLService)
        kept = KeptNotes()
        kept.text = "milk"
        await within(private.set_private_xml(kept))
        found = await within(private.get_private_xml(KeptNotes()))
        assert found.registered_payload.text == "milk", found
        step("private storage")

        blocked = asyncio.Queue()
        blocking.on_jids_blocked.connect(blocked.put_nowait)
        blocking.on_jids_unblocked.connect(blocked.put_nowait)
        carol = aioxmpp.JID.fromstr("carol@localhost")
        await within(blocking.block_jids([carol]))
        assert await within(blocked.get()) == frozenset([carol])
        await within(blocking.unblock_jids([carol]))
        assert await within(blocked.get()) == frozenset([carol])
        step("blocking")

        version = await within(aioxmpp.version.query_version(alice, aioxmpp.JID.fromstr("localhost")))
        assert version.name == "Porthole", version
        await within(aioxmpp.ping.ping(alice, aioxmpp.JID.fromstr("localhost")))
        await within(aioxmpp.ping.ping(alice, bob_client.local_jid))
        step("version, ping")
    step("goodbye")


async def as_sent(room, message):
    _, tracker = room.send_message_tracked(message)
    while tracker.state.name not in ("DELIVERED_TO_RECIPIENT", "DELIVERED_TO_SERVER"):
        await asyncio.sleep(0.01)


asyncio.get_event_loop().run_until_complete(asyncio.wait_for(main(), 90))
