// An echo server in Go.   go run echo-server.go 9000
package main

import (
	"fmt"
	"log"
	"net"
	"os"
)

func main() {
	port := "9000"
	if len(os.Args) > 1 {
		port = os.Args[1]
	}

	//: socket
	// net.Listen makes the socket, with SO_REUSEADDR,

	//: bind
	// binds it,

	//: listen
	listener, err := net.Listen("tcp4", "127.0.0.1:"+port)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("listening on 127.0.0.1 port %d\n", listener.Addr().(*net.TCPAddr).Port)

	//: accept
	for {
		client, err := listener.Accept()
		if err != nil {
			log.Fatal(err)
		}
		go serve(client)
	}
}

//: read
func serve(client net.Conn) {
	buffer := make([]byte, 4096)
	for {
		got, err := client.Read(buffer)

		//: write
		if got > 0 {
			client.Write(buffer[:got])
		}
		if err != nil {
			break
		}
	}

	//: close
	client.Close()
}
