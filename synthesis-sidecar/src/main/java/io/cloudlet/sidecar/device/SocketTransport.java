package io.cloudlet.sidecar.device;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** gRPC over the JDK's sockets of this machine, with one thread for all. Thread-safe. */
final class SocketTransport implements AutoCloseable {
  private static final int LARGEST_MESSAGE = 1 << 20;
  private static final Duration QUIET = Duration.ZERO;
  private static final Duration END = Duration.ofSeconds(5);

  /** Takes an option away that is set otherwise, and warned of with each connection. */
  private static final @Nullable Boolean NOT_OF_THESE_SOCKETS = null;

  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("device plugin", true), NioIoHandler.newFactory());
  private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();

  /** A server, not started yet; the caller closes it. */
  Server server(Path socket, ServerServiceDefinition service) {
    return NettyServerBuilder.forAddress(UnixDomainSocketAddress.of(socket))
        .channelType(NioServerDomainSocketChannel.class)
        .withChildOption(ChannelOption.SO_KEEPALIVE, NOT_OF_THESE_SOCKETS)
        .bossEventLoopGroup(loop)
        .workerEventLoopGroup(loop)
        .executor(calls)
        .maxInboundMessageSize(LARGEST_MESSAGE)
        .addService(service)
        .build();
  }

  /** A connection, made with the first call; the caller closes it. */
  ManagedChannel channel(Path socket) {
    return NettyChannelBuilder.forAddress(UnixDomainSocketAddress.of(socket))
        .channelType(NioDomainSocketChannel.class)
        .withOption(ChannelOption.SO_KEEPALIVE, NOT_OF_THESE_SOCKETS)
        .eventLoopGroup(loop)
        .executor(calls)
        .maxInboundMessageSize(LARGEST_MESSAGE)
        .usePlaintext()
        .build();
  }

  @Override
  public void close() {
    calls.shutdown();
    loop.shutdownGracefully(QUIET.toMillis(), END.toMillis(), TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(END.toMillis());
    calls.close();
  }
}
