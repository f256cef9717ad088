// An echo client in Go.   go run echo-client.go 9000
package main

import (
	"io"
	"log"
	"net"
	"os"
)

func main() {
	port := "9000"
	if len(os.Args) > 1 {
		port = os.Args[1]
	}
	line := []byte("hello\n")

	//: socket
	// net.Dial makes the socket

	//: connect
	server, err := net.Dial("tcp4", "127.0.0.1:"+port)
	if err != nil {
		log.Fatal(err)
	}

	//: write
	server.Write(line)

	//: read
	answer := make([]byte, len(line))
	if _, err := io.ReadFull(server, answer); err != nil {
		log.Fatal(err)
	}
	os.Stdout.Write(answer)

	//: close
	server.Close()
}
