// An echo client in Swift, with Network.framework (macOS, iOS).   swift EchoClient.swift 9000
import Foundation
import Network

let port = NWEndpoint.Port(CommandLine.arguments.dropFirst().first ?? "9000")!
let line = Data("hello\n".utf8)

//: socket
let server = NWConnection(host: "127.0.0.1", port: port, using: .tcp)

//: connect
server.stateUpdateHandler = { state in
  if case .failed(let error) = state { print(error); exit(1) }
}
server.start(queue: .main)

//: write
server.send(content: line, completion: .contentProcessed { error in
  if let error { print(error); exit(1) }
})

//: read
server.receive(minimumIncompleteLength: line.count, maximumLength: line.count) { answer, _, _, error in
  if let answer { FileHandle.standardOutput.write(answer) }

  //: close
  server.cancel()
  exit(error == nil ? 0 : 1)
}

RunLoop.main.run()
