/** What the solutions in Node share: they listen on the port that is named, and say on which. */
export function listen(server) {
  server.listen(Number(process.argv[2] ?? 9000), '127.0.0.1', () => {
    console.log(`listening on 127.0.0.1 port ${server.address().port}`);
  });
}
