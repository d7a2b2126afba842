package io.cloudlet.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the operator in a container, until it is told to end or cannot go on. */
public final class Main {
  private static final String LOGGING = "logback.configurationFile";

  static {
    // Before the first logger. No file of a fixed name: other programs have this one's jar as well.
    if (System.getProperty(LOGGING) == null) {
      System.setProperty(LOGGING, "io/cloudlet/operator/logback.xml");
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  /** What the container gets between SIGTERM and SIGKILL is 30 s. */
  private static final Duration LONGEST_STOP = Duration.ofSeconds(20);

  /** Before the process ends by itself as well: its end waits for the hook, and that for this. */
  private static final CountDownLatch FINISHED = new CountDownLatch(1);

  private Main() {}

  /**
   * Reads the environment, as {@link Environment} says. With arguments it answers a question
   * instead: {@code check URL...}, whether these are ready; {@code vms-left}, whether there are
   * VMs.
   */
  @SuppressWarnings("SystemExitOutsideMain") // The error has been logged; the code tells of it.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length > 0) {
      System.exit(answer(arguments));
    }
    OperatorConfig config;
    try {
      config = Environment.config(System.getenv());
    } catch (IllegalArgumentException e) {
      System.err.println("cloudlet-operator: " + e.getMessage());
      System.exit(2);
      return;
    }
    try (KubernetesClient client = new KubernetesClientBuilder().build();
        Operator operator = new Operator(config, client)) {
      stopOnSignal(operator);
      operator.start();
      operator.ended().toCompletableFuture().join();
    } catch (CompletionException e) {
      LOG.error("The operator ends, so that another one begins", e);
      FINISHED.countDown();
      System.exit(1);
    } finally {
      FINISHED.countDown();
    }
  }

  private static int answer(String... arguments) throws InterruptedException {
    if (arguments.length == 1 && arguments[0].equals("vms-left")) {
      try (KubernetesClient client = new KubernetesClientBuilder().build()) {
        return new VmsLeft(System.out::println, client).run();
      }
    }
    return new Check(System.out::println).run(arguments);
  }

  /** Work that is under way is finished, and the Lease given up, before the process ends. */
  private static void stopOnSignal(Operator operator) {
    Runnable stop =
        () -> {
          operator.close();
          try {
            var _ = FINISHED.await(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(stop));
  }
}
