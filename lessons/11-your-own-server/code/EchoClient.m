// An echo client in Objective-C, with CocoaAsyncSocket (macOS, iOS): the class GCDAsyncSocket.
#import <Foundation/Foundation.h>
#import "GCDAsyncSocket.h"

@interface EchoClient : NSObject <GCDAsyncSocketDelegate>
@property(nonatomic, strong) GCDAsyncSocket *server;
@end

@implementation EchoClient

- (void)connectToPort:(uint16_t)port {
  //: socket
  self.server = [[GCDAsyncSocket alloc] initWithDelegate:self delegateQueue:dispatch_get_main_queue()];

  //: connect
  NSError *error = nil;
  if (![self.server connectToHost:@"127.0.0.1" onPort:port error:&error]) {
    NSLog(@"%@", error);
    exit(1);
  }
}

- (void)socket:(GCDAsyncSocket *)server didConnectToHost:(NSString *)host port:(uint16_t)port {
  //: write
  NSData *line = [@"hello\n" dataUsingEncoding:NSUTF8StringEncoding];
  [server writeData:line withTimeout:-1 tag:0];

  //: read
  [server readDataToLength:line.length withTimeout:-1 tag:0];
}

- (void)socket:(GCDAsyncSocket *)server didReadData:(NSData *)answer withTag:(long)tag {
  [[NSFileHandle fileHandleWithStandardOutput] writeData:answer];

  //: close
  [server disconnect];
}

- (void)socketDidDisconnect:(GCDAsyncSocket *)server withError:(NSError *)error {
  exit(error == nil ? 0 : 1);
}

@end

int main(int argc, const char *argv[]) {
  @autoreleasepool {
    EchoClient *client = [EchoClient new];
    [client connectToPort:argc > 1 ? atoi(argv[1]) : 9000];
    [[NSRunLoop mainRunLoop] run];
  }
}
