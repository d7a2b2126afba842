package io.cloudlet.sidecar.device;

import io.grpc.CallOptions;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The part of a kubelet that plugins speak with: as the real one does, it removes all sockets of
 * its folder when it starts, and calls a plugin back that has registered.
 */
final class FakeKubelet implements AutoCloseable {
  /** What it does with those who register. */
  enum Manner {
    WELCOMES,
    REFUSES,
    NEVER_ANSWERS
  }

  private static final long LONGEST_SECONDS = 30;

  private final Path folder;
  private final Manner manner;
  private final SocketTransport transport = new SocketTransport();
  private final BlockingQueue<RegisterRequest> requests = new LinkedBlockingQueue<>();
  private final BlockingQueue<DeviceList> lists = new LinkedBlockingQueue<>();
  private final List<ManagedChannel> plugins = new CopyOnWriteArrayList<>();
  private final Server server;

  FakeKubelet(Path folder, Manner manner) throws IOException {
    this.folder = folder;
    this.manner = manner;
    try (Stream<Path> left = Files.list(folder)) {
      for (Path socket : left.toList()) {
        Files.delete(socket);
      }
    }
    server =
        transport
            .server(
                folder.resolve(DeviceApi.KUBELET_SOCKET),
                ServerServiceDefinition.builder(DeviceApi.REGISTRATION)
                    .addMethod(DeviceApi.REGISTER, ServerCalls.asyncUnaryCall(this::register))
                    .build())
            .start();
  }

  private void register(RegisterRequest request, StreamObserver<Empty> answer) {
    requests.add(request);
    if (manner == Manner.REFUSES || !request.version().equals("v1beta1")) {
      answer.onError(
          Status.INVALID_ARGUMENT
              .withDescription("requested API version is not supported by kubelet")
              .asRuntimeException());
    } else if (manner == Manner.WELCOMES) {
      answer.onNext(new Empty());
      answer.onCompleted();
      // Not within this call, with whose end it would end as well.
      Context.ROOT.run(() -> watch(request.endpoint()));
    }
  }

  private void watch(String endpoint) {
    ManagedChannel plugin = transport.channel(folder.resolve(endpoint));
    plugins.add(plugin);
    ClientCalls.asyncServerStreamingCall(
        plugin.newCall(DeviceApi.LIST_AND_WATCH, CallOptions.DEFAULT),
        new Empty(),
        new StreamObserver<>() {
          @Override
          public void onNext(DeviceList list) {
            lists.add(list);
          }

          @Override
          public void onError(Throwable error) {
            lists.add(new DeviceList(List.of()));
          }

          @Override
          public void onCompleted() {
            lists.add(new DeviceList(List.of()));
          }
        });
  }

  /** The next plugin that wants to be known. */
  RegisterRequest request() throws InterruptedException {
    return next(requests);
  }

  /** The next list of a plugin; an empty one stands for its end. */
  DeviceList list() throws InterruptedException {
    return next(lists);
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(LONGEST_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing has come");
    }
    return next;
  }

  /** Whether a plugin has tried more often than was asked for. */
  boolean hasMoreRequests() {
    return !requests.isEmpty();
  }

  /** Asks the last plugin for its options. */
  Empty options() {
    return ClientCalls.blockingUnaryCall(
        plugins.getLast(), DeviceApi.OPTIONS, CallOptions.DEFAULT, new Empty());
  }

  /** Gives devices of the last plugin to containers. */
  AllocateResponse allocate(List<List<String>> containers) {
    return ClientCalls.blockingUnaryCall(
        plugins.getLast(),
        DeviceApi.ALLOCATE,
        CallOptions.DEFAULT.withDeadlineAfter(LONGEST_SECONDS, TimeUnit.SECONDS),
        new AllocateRequest(containers.stream().map(DeviceIds::new).toList()));
  }

  /** No longer listens to the plugins that it knows. */
  void forget() {
    plugins.forEach(ManagedChannel::shutdownNow);
  }

  @Override
  public void close() throws IOException {
    forget();
    server.shutdownNow();
    transport.close();
    Files.deleteIfExists(folder.resolve(DeviceApi.KUBELET_SOCKET));
  }
}
