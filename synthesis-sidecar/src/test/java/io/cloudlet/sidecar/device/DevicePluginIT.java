package io.cloudlet.sidecar.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.device.FakeKubelet.Manner;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The device plugin beside a kubelet that speaks the same protocol over the same sockets. */
@Timeout(120)
class DevicePluginIT {
  private static final Duration SOON = Duration.ofMillis(20);
  private static final PluginTimes QUICK =
      new PluginTimes(SOON, SOON, Duration.ofSeconds(5), Duration.ofMinutes(5));

  @TempDir private Path folder;

  private final AtomicBoolean works = new AtomicBoolean(true);

  @Test
  void makesItselfKnownAndGivesTheDeviceToContainers() throws Exception {
    try (FakeKubelet kubelet = kubelet();
        DevicePlugin _ = plugin(QUICK)) {
      assertThat(kubelet.request())
          .isEqualTo(new RegisterRequest("v1beta1", "cloudlet-kvm.sock", "cloudlet.io/kvm"));
      List<Device> devices = kubelet.list().devices();
      assertThat(devices).hasSize(3).allMatch(it -> it.health().equals("Healthy"));
      assertThat(devices).extracting(Device::id).doesNotHaveDuplicates();
      assertThat(kubelet.options()).isEqualTo(new Empty());

      String id = devices.getFirst().id();
      AllocateResponse answer = kubelet.allocate(List.of(List.of(id), List.of()));
      assertThat(answer.containers())
          .extracting(AllocateResponse.Container::devices)
          .containsExactly(List.of(new DeviceNode("/dev/kvm", "/dev/kvm", "rw")), List.of());
      assertThatThrownBy(() -> kubelet.allocate(List.of(List.of("other"))))
          .isInstanceOf(StatusRuntimeException.class)
          .hasMessageContaining("there is no device other");
    }
  }

  @Test
  void tellsWhenKvmNoLongerRunsGuests() throws Exception {
    try (FakeKubelet kubelet = kubelet();
        DevicePlugin _ = plugin(QUICK)) {
      assertThat(healths(kubelet)).containsExactly("Healthy");
      works.set(false);
      assertThat(healths(kubelet)).containsExactly("Unhealthy");
      assertThatThrownBy(() -> kubelet.allocate(List.of(List.of("kvm-0"))))
          .hasMessageContaining("KVM does not run guests on this node any more");
      works.set(true);
      assertThat(healths(kubelet)).containsExactly("Healthy");
    }
  }

  @Test
  void offersNothingBeforeKvmHasRunAGuest() throws Exception {
    works.set(false);
    CountDownLatch looks = new CountDownLatch(3);
    try (FakeKubelet kubelet = kubelet();
        DevicePlugin _ =
            DevicePlugin.start(
                () -> {
                  looks.countDown();
                  return works.get();
                },
                folder,
                1,
                QUICK)) {
      looks.await();
      assertThat(kubelet.hasMoreRequests()).isFalse();
      assertThat(folder.resolve(DevicePlugin.SOCKET)).doesNotExist();
      works.set(true);
      assertThat(healths(kubelet)).containsExactly("Healthy");
    }
  }

  @Test
  void comesBackToAKubeletThatStartsAgain() throws Exception {
    try (DevicePlugin _ = plugin(QUICK)) {
      for (int i = 0; i < 3; i++) {
        try (FakeKubelet kubelet = kubelet()) {
          assertThat(healths(kubelet)).containsExactly("Healthy");
          assertThat(kubelet.allocate(List.of(List.of("kvm-0"))).containers()).hasSize(1);
        }
      }
    }
  }

  @Test
  void comesBackWhenItsSocketWasRemoved() throws Exception {
    try (FakeKubelet kubelet = kubelet();
        DevicePlugin _ = plugin(QUICK)) {
      assertThat(healths(kubelet)).containsExactly("Healthy");
      var _ = kubelet.request();
      Files.delete(folder.resolve(DevicePlugin.SOCKET));
      assertThat(kubelet.list().devices()).isEmpty();
      assertThat(kubelet.request().endpoint()).isEqualTo(DevicePlugin.SOCKET);
      assertThat(healths(kubelet)).containsExactly("Healthy");
    }
  }

  @Test
  void comesBackWhenTheKubeletHasForgottenIt() throws Exception {
    PluginTimes impatient = new PluginTimes(SOON, SOON, Duration.ofSeconds(5), SOON);
    try (FakeKubelet kubelet = kubelet();
        DevicePlugin _ = plugin(impatient)) {
      assertThat(healths(kubelet)).containsExactly("Healthy");
      kubelet.forget();
      Set<String> health = healths(kubelet);
      while (health.isEmpty()) {
        health = healths(kubelet);
      }
      assertThat(health).containsExactly("Healthy");
    }
  }

  @Test
  void triesAgainWhereItIsRefused() throws Exception {
    try (DevicePlugin _ = plugin(QUICK)) {
      try (FakeKubelet kubelet = new FakeKubelet(folder, Manner.REFUSES)) {
        var _ = kubelet.request();
        var _ = kubelet.request();
      }
      try (FakeKubelet kubelet = kubelet()) {
        assertThat(healths(kubelet)).containsExactly("Healthy");
      }
    }
  }

  @Test
  void outlivesAKubeletThatNeverAnswers() throws Exception {
    PluginTimes impatient = new PluginTimes(SOON, SOON, SOON, Duration.ofMinutes(5));
    try (FakeKubelet kubelet = new FakeKubelet(folder, Manner.NEVER_ANSWERS);
        DevicePlugin _ = plugin(impatient)) {
      var _ = kubelet.request();
      var _ = kubelet.request();
    }
    try (FakeKubelet kubelet = new FakeKubelet(folder, Manner.NEVER_ANSWERS)) {
      DevicePlugin plugin = plugin(new PluginTimes(SOON, SOON, Duration.ofDays(1), SOON));
      var _ = kubelet.request();
      plugin.close();
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void saysWhyAKubeletRefuses() throws Exception {
    try (FakeKubelet kubelet = kubelet();
        SocketTransport transport = new SocketTransport()) {
      KubeletSocket socket =
          new KubeletSocket(folder.resolve(DeviceApi.KUBELET_SOCKET), Duration.ofSeconds(30));
      assertThatThrownBy(
              () -> socket.register(new RegisterRequest("v2", "plugin.sock", "a.b/c"), transport))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("did not take the resource a.b/c: INVALID_ARGUMENT, requested API");
      assertThat(kubelet.request().version()).isEqualTo("v2");
    }
  }

  @Test
  void takesItsSocketAlongAtTheEnd() throws Exception {
    try (FakeKubelet kubelet = kubelet()) {
      try (DevicePlugin _ = plugin(QUICK)) {
        assertThat(healths(kubelet)).containsExactly("Healthy");
      }
      assertThat(kubelet.list().devices()).isEmpty();
      assertThat(folder.resolve(DevicePlugin.SOCKET)).doesNotExist();
    }
  }

  @Test
  void waitsForAKubeletThatIsNotThere() throws Exception {
    CountDownLatch looks = new CountDownLatch(3);
    try (DevicePlugin _ =
        DevicePlugin.start(
            () -> {
              looks.countDown();
              throw new IOException("not known yet");
            },
            folder.resolve("absent"),
            1,
            QUICK)) {
      looks.await();
    }
    assertThat(folder).isEmptyDirectory();
  }

  private FakeKubelet kubelet() throws IOException {
    return new FakeKubelet(folder, Manner.WELCOMES);
  }

  private DevicePlugin plugin(PluginTimes times) {
    return DevicePlugin.start(works::get, folder, 3, times);
  }

  private static Set<String> healths(FakeKubelet kubelet) throws InterruptedException {
    return kubelet.list().devices().stream().map(Device::health).collect(Collectors.toSet());
  }
}
