// An echo client in Java.   java EchoClient.java 9000
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

public class EchoClient {
  public static void main(String[] args) throws IOException {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : 9000;
    byte[] line = "hello\n".getBytes("UTF-8");

    //: socket
    Socket server = new Socket();

    //: connect
    server.connect(new InetSocketAddress("127.0.0.1", port));

    //: write
    server.getOutputStream().write(line);

    //: read
    byte[] answer = server.getInputStream().readNBytes(line.length);
    System.out.write(answer);
    System.out.flush();

    //: close
    server.close();
  }
}
