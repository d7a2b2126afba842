package io.cloudlet.sidecar.device;

import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What the kubelet calls: tells it the devices, and gives them to containers. Thread-safe. */
final class PluginServer implements AutoCloseable {
  private static final long END_SECONDS = 2;

  private final KvmDevices devices;
  private final Path socket;
  private final Server server;

  private PluginServer(KvmDevices devices, Path socket, SocketTransport transport) {
    this.devices = devices;
    this.socket = socket;
    this.server = transport.server(socket, service());
  }

  /** Listens at a path, in the place of whatever socket was left there. */
  static PluginServer start(KvmDevices devices, Path socket, SocketTransport transport)
      throws IOException {
    Files.deleteIfExists(socket);
    PluginServer plugin = new PluginServer(devices, socket, transport);
    plugin.server.start();
    return plugin;
  }

  private ServerServiceDefinition service() {
    return ServerServiceDefinition.builder(DeviceApi.PLUGIN)
        .addMethod(
            DeviceApi.OPTIONS, ServerCalls.asyncUnaryCall((_, answer) -> one(answer, new Empty())))
        .addMethod(
            DeviceApi.LIST_AND_WATCH,
            ServerCalls.asyncServerStreamingCall(
                (_, answer) -> list((ServerCallStreamObserver<DeviceList>) answer)))
        .addMethod(DeviceApi.ALLOCATE, ServerCalls.asyncUnaryCall(this::allocate))
        .build();
  }

  private void list(ServerCallStreamObserver<DeviceList> answer) {
    Consumer<DeviceList> watcher =
        list -> {
          if (!answer.isCancelled()) {
            answer.onNext(list);
          }
        };
    answer.setOnCancelHandler(() -> devices.forget(watcher));
    devices.watch(watcher);
  }

  /** The kubelet shows the words of a refusal in the pod's status. */
  private void allocate(AllocateRequest request, StreamObserver<AllocateResponse> answer) {
    if (!devices.isHealthy()) {
      answer.onError(
          Status.FAILED_PRECONDITION
              .withDescription("KVM does not run guests on this node any more")
              .asRuntimeException());
      return;
    }
    try {
      one(answer, devices.allocate(request));
    } catch (IllegalArgumentException e) {
      answer.onError(
          Status.NOT_FOUND.withDescription(e.getMessage()).withCause(e).asRuntimeException());
    }
  }

  private static <T> void one(StreamObserver<T> answer, T message) {
    answer.onNext(message);
    answer.onCompleted();
  }

  /** Whether the socket is where the kubelet looks for it. */
  boolean isReachable() {
    return Files.exists(socket);
  }

  /** Ends all calls, and with them the devices. */
  @Override
  public void close() throws IOException {
    server.shutdownNow();
    try {
      var _ = server.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Files.deleteIfExists(socket);
  }
}
