// An echo server in Swift, with Network.framework (macOS, iOS).   swift EchoServer.swift 9000
import Foundation
import Network

let port = NWEndpoint.Port(CommandLine.arguments.dropFirst().first ?? "9000")!

//: socket
let parameters = NWParameters.tcp
parameters.allowLocalEndpointReuse = true

//: bind
parameters.requiredLocalEndpoint = .hostPort(host: "127.0.0.1", port: port)

//: listen
let listener = try NWListener(using: parameters)
listener.stateUpdateHandler = { state in
  if case .ready = state { print("listening on 127.0.0.1 port \(listener.port!)") }
  if case .failed(let error) = state { print(error); exit(1) }
}

//: accept
listener.newConnectionHandler = { client in
  client.start(queue: .main)
  echo(client)
}

//: read
func echo(_ client: NWConnection) {
  client.receive(minimumIncompleteLength: 1, maximumLength: 4096) { data, _, isComplete, error in
    guard error == nil else { return client.cancel() }

    //: write
    client.send(content: data, completion: .contentProcessed { error in

      //: close
      if isComplete || error != nil { client.cancel() } else { echo(client) }
    })
  }
}

listener.start(queue: .main)
RunLoop.main.run()
