// An echo server in Java.   java EchoServer.java 9000
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

public class EchoServer {
  public static void main(String[] args) throws IOException {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : 9000;

    //: socket
    ServerSocket listener = new ServerSocket();
    listener.setReuseAddress(true);

    //: bind
    InetAddress loopback = InetAddress.getByName("127.0.0.1");

    //: listen
    listener.bind(new InetSocketAddress(loopback, port), 128);
    System.out.println("listening on 127.0.0.1 port " + listener.getLocalPort());

    //: accept
    while (true) {
      Socket client = listener.accept();
      new Thread(() -> serve(client)).start();
    }
  }

  //: read
  static void serve(Socket client) {
    try {
      byte[] buffer = new byte[4096];
      int got;
      while ((got = client.getInputStream().read(buffer)) > 0) {

        //: write
        client.getOutputStream().write(buffer, 0, got);
      }

      //: close
      client.close();
    } catch (IOException error) {
      System.err.println(error.getMessage());
    }
  }
}
