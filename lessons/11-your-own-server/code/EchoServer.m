// An echo server in Objective-C, with CocoaAsyncSocket (macOS, iOS): the class GCDAsyncSocket.
#import <Foundation/Foundation.h>
#import "GCDAsyncSocket.h"

@interface EchoServer : NSObject <GCDAsyncSocketDelegate>
@property(nonatomic, strong) GCDAsyncSocket *listener;
@property(nonatomic, strong) NSMutableArray<GCDAsyncSocket *> *clients;
@end

@implementation EchoServer

- (void)startOnPort:(uint16_t)port {
  self.clients = [NSMutableArray array];

  //: socket
  self.listener = [[GCDAsyncSocket alloc] initWithDelegate:self delegateQueue:dispatch_get_main_queue()];

  //: bind
  // acceptOnInterface:port:error: makes the socket, binds it to loopback,

  //: listen
  NSError *error = nil;
  if (![self.listener acceptOnInterface:@"localhost" port:port error:&error]) {
    NSLog(@"%@", error);
    exit(1);
  }
  NSLog(@"listening on localhost port %d", self.listener.localPort);
}

//: accept
- (void)socket:(GCDAsyncSocket *)socket didAcceptNewSocket:(GCDAsyncSocket *)client {
  [self.clients addObject:client]; // nobody else keeps it
  [client readDataWithTimeout:-1 tag:0];
}

//: read
- (void)socket:(GCDAsyncSocket *)client didReadData:(NSData *)data withTag:(long)tag {

  //: write
  [client writeData:data withTimeout:-1 tag:0];
  [client readDataWithTimeout:-1 tag:0];
}

//: close
- (void)socketDidDisconnect:(GCDAsyncSocket *)client withError:(NSError *)error {
  [self.clients removeObject:client];
}

@end

int main(int argc, const char *argv[]) {
  @autoreleasepool {
    EchoServer *server = [EchoServer new];
    [server startOnPort:argc > 1 ? atoi(argv[1]) : 9000];
    [[NSRunLoop mainRunLoop] run];
  }
}
