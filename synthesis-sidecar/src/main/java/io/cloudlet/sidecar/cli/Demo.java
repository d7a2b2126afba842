package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.base.BaseEntry;
import io.cloudlet.sidecar.guest.ApplicationState;
import io.cloudlet.sidecar.guest.GuestApplication;
import io.cloudlet.sidecar.guest.GuestImage;
import io.cloudlet.sidecar.guest.SmallGuest;
import io.cloudlet.sidecar.machine.Accelerator;
import io.cloudlet.sidecar.node.CaptureResult;
import io.cloudlet.sidecar.node.SynthesisResult;
import io.cloudlet.sidecar.node.VmName;
import io.cloudlet.sidecar.node.VmRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The whole way of a VM, told on the terminal: boot, base VM, application, overlay, other node. */
final class Demo {
  private static final VmName VM = new VmName("web");
  private static final VmName AGAIN = new VmName("web-again");
  private static final Duration ANSWER = Duration.ofMinutes(2);
  private static final Duration PULSE = Duration.ofMillis(200);
  private static final int COUNT = 5;

  private final CommandContext context;
  private final DemoNode one;
  private final DemoNode two;
  private final Path exchange;

  /**
   * Between two nodes.
   *
   * @param exchange a folder for the files that travel
   */
  Demo(CommandContext context, DemoNode one, DemoNode two, Path exchange) {
    this.context = context;
    this.one = one;
    this.two = two;
    this.exchange = exchange;
  }

  /** Decides what runs a guest. */
  interface AcceleratorChoice {
    Accelerator choose(GuestImage guest) throws IOException;
  }

  DemoReport run(AcceleratorChoice choice) throws IOException {
    GuestImage guest = buildGuest();
    Accelerator accelerator = choice.choose(guest);
    tell("- it will run under " + accelerator);
    Path packaged = exchange.resolve("demo.base");
    Path overlay = exchange.resolve("web.overlay");

    chapter("Node one boots a system once and keeps it as a base VM", "base create");
    long boot = System.nanoTime();
    BaseEntry base = one.createBase(guest, accelerator);
    final long bootMillis = millisSince(boot);
    one.exportBase(packaged);
    tell("The base VM is one file of " + size(packaged) + "; each node fetches it once.");

    chapter(
        "Node one resumes it, and an application starts: state in memory and on disk", "vm resume");
    ApplicationState before = startApplication(one.resume(VM));

    chapter("Node one captures what the VM has become", "overlay create");
    CaptureResult captured = one.capture(VM, overlay);
    tell("The overlay has " + size(overlay) + ", verified; the VM on node one has ended.");

    chapter("Node two, which has only the base VM, resumes the application", "synthesize");
    two.importBase(packaged);
    long begin = System.nanoTime();
    SynthesisResult first = two.synthesize(overlay, VM);
    Revived revived = awaitApplication(first.vm(), begin);

    chapter("Node two resumes it once more, now from its cache", "synthesize");
    two.cache(overlay);
    SynthesisResult second = two.synthesize(overlay, AGAIN);
    tell("It runs after " + Amount.time(second.total()) + ".");

    return new DemoReport(
        base.manifest().images().getFirst().length(),
        guest.memoryBytes(),
        Files.size(packaged),
        Files.size(overlay),
        bootMillis,
        captured.total().toMillis(),
        first.total().toMillis(),
        revived.answerMillis(),
        second.total().toMillis(),
        before,
        revived.state());
  }

  private record Revived(ApplicationState state, long answerMillis) {}

  private GuestImage buildGuest() throws IOException {
    chapter("A small Debian guest is made, or found in the cache", "demo");
    return SmallGuest.build(SmallGuest.defaultCache(), step -> tell("- " + step));
  }

  private ApplicationState startApplication(VmRecord vm) throws IOException {
    try (GuestApplication application = application(vm)) {
      application.awaitPulse(ANSWER);
      application.start();
      ApplicationState state = awaitCount(application);
      tell("It counts in memory (" + state.counter() + ") and keeps random bytes by checksum.");
      return state;
    }
  }

  /** Some seconds of life, so that the counter shows whether they were kept. */
  private static ApplicationState awaitCount(GuestApplication application) throws IOException {
    long deadline = System.nanoTime() + ANSWER.toNanos();
    while (application.pulse().counter() < COUNT && System.nanoTime() < deadline) {
      LockSupport.parkNanos(PULSE.toNanos()); // returns when interrupted; then the pulse throws
    }
    return application.state();
  }

  private Revived awaitApplication(VmRecord vm, long begin) throws IOException {
    try (GuestApplication application = application(vm)) {
      application.awaitPulse(ANSWER);
      long millis = millisSince(begin);
      tell("The application has answered; its checksums are computed anew.");
      return new Revived(application.state(), millis);
    }
  }

  private static GuestApplication application(VmRecord vm) {
    return new GuestApplication(vm.ports().getFirst().host(), ANSWER);
  }

  private static long millisSince(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
  }

  private static String size(Path file) throws IOException {
    return Amount.bytes(Files.size(file));
  }

  private void chapter(String title, String command) {
    context.say("\n" + title + "  (cloudlet " + command + ")");
  }

  private void tell(String sentence) {
    context.say(sentence);
  }
}
