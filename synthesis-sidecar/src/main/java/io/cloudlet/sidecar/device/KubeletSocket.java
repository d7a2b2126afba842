package io.cloudlet.sidecar.device;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Where plugins make themselves known to the kubelet. Each kubelet that starts makes it anew.
 *
 * @param path of the socket
 * @param patience how long the kubelet may take for an answer
 */
record KubeletSocket(Path path, Duration patience) {
  /** Differs from that of the socket of a kubelet before; empty while there is none. */
  Optional<String> identity() {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return Optional.of(attributes.fileKey() + " of " + attributes.creationTime());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Makes a plugin known.
   *
   * @throws IOException with the kubelet's reason, or that it does not answer
   */
  void register(RegisterRequest request, SocketTransport transport) throws IOException {
    ManagedChannel channel = transport.channel(path);
    try {
      CallOptions options =
          CallOptions.DEFAULT.withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS);
      var _ = ClientCalls.blockingUnaryCall(channel, DeviceApi.REGISTER, options, request);
    } catch (StatusRuntimeException e) {
      String said = Objects.requireNonNullElse(e.getStatus().getDescription(), "no reason");
      throw new IOException(
          "the kubelet at "
              + path
              + " did not take the resource "
              + request.resource()
              + ": "
              + e.getStatus().getCode()
              + ", "
              + said,
          e);
    } finally {
      channel.shutdownNow();
    }
  }
}
