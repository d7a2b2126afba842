package io.cloudlet.standalone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.api.v1alpha1.Address;
import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.sidecar.guest.ApplicationState;
import io.cloudlet.sidecar.guest.BuildProgress;
import io.cloudlet.sidecar.guest.GuestApplication;
import io.cloudlet.sidecar.guest.GuestImage;
import io.cloudlet.sidecar.guest.SmallGuest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;

/** An application's way from node {@code one} to node {@code two}, by resources alone. */
record Story(Resources resources, Web web) {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** A base VM of an image that the guest boots from. */
  BaseVM base(String name) throws IOException {
    GuestImage guest = SmallGuest.build(SmallGuest.defaultCache(), BuildProgress.silent());
    return resources.create(
        BaseVM.class,
        """
        metadata:
          name: %s
        spec:
          source:
            image:
              %s
              kernel:
                %s
              initrd:
                %s
              append: "%s"
          machine:
            memory: 256Mi
            ports:
            - guest: 8080
              name: http
          readiness:
            serial: "%s"
            timeout: 5m
        """
            .formatted(
                name,
                download(guest.disk(), 6),
                download(guest.kernel(), 8),
                download(guest.initrd(), 8),
                guest.append(),
                guest.ready().pattern()));
  }

  private String download(Path file, int indent) throws IOException {
    String next = "\n" + " ".repeat(indent);
    return "url: " + web.url(web.publish(file)) + next + "digest: " + Web.digest(file);
  }

  /** The base VM as it is, on a node. */
  Synthesis ofBase(String name, String base, String node) {
    return synthesis(name, "baseRef", base, node);
  }

  /** The base VM's disk, booted on a node. */
  Synthesis boot(String name, String base, String node) {
    return resources.create(
        Synthesis.class,
        """
        metadata:
          name: %s
        spec:
          baseRef:
            name: %s
          start: Boot
          placement:
            nodeSelector:
              site: %s
          ports:
          - guest: 8080
          readyPort: 8080
        """
            .formatted(name, base, node));
  }

  /** An overlay of it, on a node. */
  Synthesis ofOverlay(String name, String overlay, String node) {
    return synthesis(name, "overlayRef", overlay, node);
  }

  private Synthesis synthesis(String name, String source, String of, String node) {
    return resources.create(
        Synthesis.class,
        """
        metadata:
          name: %s
        spec:
          %s:
            name: %s
          placement:
            nodeSelector:
              site: %s
          ports:
          - guest: 8080
            name: http
          readyPort: 8080
        """
            .formatted(name, source, of, node));
  }

  /** What the VM of a Synthesis has become. */
  VMOverlay capture(String name, String synthesis) {
    return resources.create(
        VMOverlay.class,
        """
        metadata:
          name: %s
        spec:
          synthesisRef:
            name: %s
          encoding:
            effort: fast
        """
            .formatted(name, synthesis));
  }

  /** Starts the guest's application, which makes state in memory and on disk. */
  static ApplicationState start(Synthesis synthesis) throws IOException {
    try (GuestApplication application = application(synthesis)) {
      application.start();
      return application.state();
    }
  }

  /** It runs on, and has lost nothing since. */
  static void assertRunsOn(Synthesis synthesis, ApplicationState before) throws IOException {
    Address address = synthesis.getStatus().addresses().getFirst();
    assertRunsOn(new InetSocketAddress(address.host(), address.port()), before);
  }

  /** What answers at an address runs on, and has lost nothing since. */
  static void assertRunsOn(InetSocketAddress address, ApplicationState before) throws IOException {
    try (GuestApplication application = application(address)) {
      ApplicationState now = application.state();
      assertThat(now.isIntact()).isTrue();
      assertThat(now.bootId()).isEqualTo(before.bootId());
      assertThat(now.memoryChecksum()).isEqualTo(before.memoryChecksum());
      assertThat(now.counter()).isGreaterThanOrEqualTo(before.counter());
    }
  }

  private static GuestApplication application(Synthesis synthesis) throws IOException {
    Address address = synthesis.getStatus().addresses().getFirst();
    return application(new InetSocketAddress(address.host(), address.port()));
  }

  /** The application behind an address, once it answers; the caller closes it. */
  static GuestApplication application(InetSocketAddress address) throws IOException {
    GuestApplication application = new GuestApplication(address, PATIENCE);
    application.awaitPulse(PATIENCE);
    return application;
  }
}
