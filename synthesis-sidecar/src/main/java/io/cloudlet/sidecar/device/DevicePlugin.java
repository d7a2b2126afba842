package io.cloudlet.sidecar.device;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers {@value #RESOURCE} to the pods of this node for as long as KVM runs guests. A node where
 * it never did has no such resource. The kubelet may come and go: it is told again.
 */
public final class DevicePlugin implements AutoCloseable {
  /** What pods ask for. */
  public static final String RESOURCE = "cloudlet.io/kvm";

  static final String SOCKET = "cloudlet-kvm.sock";

  private static final Logger LOG = LoggerFactory.getLogger(DevicePlugin.class);

  private final KvmHealth health;
  private final KubeletSocket kubelet;
  private final Path socket;
  private final PluginTimes times;
  private final KvmDevices devices;
  private final SocketTransport transport = new SocketTransport();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread worker = Thread.ofVirtual().name("device plugin").unstarted(this::work);
  private @Nullable PluginServer server;
  private @Nullable String registeredAt;
  private long registered;
  private String lastProblem = "";

  private DevicePlugin(KvmHealth health, Path folder, int count, PluginTimes times) {
    this.health = health;
    this.times = times;
    kubelet = new KubeletSocket(folder.resolve(DeviceApi.KUBELET_SOCKET), times.answer());
    socket = folder.resolve(SOCKET);
    devices = new KvmDevices(count);
  }

  /**
   * Begins to offer it; returns at once.
   *
   * @param health is asked again and again, and may take its time
   * @param folder the kubelet's for device plugins
   * @param count how many pods may use KVM at a time
   */
  public static DevicePlugin start(KvmHealth health, Path folder, int count) {
    return start(health, folder, count, PluginTimes.USUAL);
  }

  static DevicePlugin start(KvmHealth health, Path folder, int count, PluginTimes times) {
    DevicePlugin plugin = new DevicePlugin(health, folder, count, times);
    plugin.worker.start();
    return plugin;
  }

  private void work() {
    Duration pause = times.look();
    while (!await(pause)) {
      try {
        devices.healthy(health.runsGuests());
        pause = times.look();
        offer();
        lastProblem = "";
      } catch (IOException e) {
        // The kubelet may be away for a while, or refuse for good: each reason is said once.
        if (closing.getCount() > 0 && !lastProblem.equals(e.getMessage())) {
          lastProblem = String.valueOf(e.getMessage());
          LOG.warn("pods get no KVM for now: {}", lastProblem);
        }
        pause = times.retry();
      }
    }
  }

  private boolean await(Duration pause) {
    try {
      return closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  /** Registers with a kubelet that does not know of the plugin, or has forgotten it. */
  private void offer() throws IOException {
    Optional<String> identity = kubelet.identity();
    if (identity.isEmpty() || (server == null && !devices.isHealthy())) {
      return; // A kubelet that starts makes its socket, and KVM may come.
    }
    if (server == null || !server.isReachable()) {
      // A kubelet that starts removes the sockets of all plugins.
      closeServer();
      server = PluginServer.start(devices, socket, transport);
      registeredAt = null;
    }
    if (!identity.get().equals(registeredAt) || isForgotten()) {
      kubelet.register(new RegisterRequest(DeviceApi.VERSION, SOCKET, RESOURCE), transport);
      registeredAt = identity.get();
      registered = System.nanoTime();
      LOG.info("pods get KVM as {}", RESOURCE);
    }
  }

  /** Whether nobody listens although there was time for it. */
  private boolean isForgotten() {
    return !devices.isWatched() && System.nanoTime() - registered > times.forgotten().toNanos();
  }

  private void closeServer() throws IOException {
    if (server != null) {
      server.close();
      server = null;
    }
  }

  /** Takes the resource back from the kubelet; pods that use KVM run on. */
  @Override
  public void close() {
    closing.countDown();
    worker.interrupt();
    try {
      worker.join(times.answer());
      closeServer();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.warn("the socket {} stays: {}", socket, e.getMessage());
    } finally {
      transport.close();
    }
  }
}
