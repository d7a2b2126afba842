package io.cloudlet.sidecar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.image.Images;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Kills a command at moments that are spread over its whole run, and looks what it left.
 *
 * @param node where it runs
 * @param between looks at and removes what may have become whole
 */
record Kills(CounterNode node, Check between) {
  private static final int KILLS = 5;

  /** A step of a test. */
  interface Check {
    void run() throws Exception;
  }

  /** Afterwards the command does its work, as if nothing had been. */
  void over(int seed, String... command) throws Exception {
    Duration run = timed(command);
    RandomGenerator random = Images.random(seed);
    for (int i = 0; i < KILLS; i++) {
      between.run();
      try (CommandProcess process = node.start(command)) {
        Thread.sleep((long) (run.toMillis() * (i + random.nextDouble()) / KILLS));
        process.kill();
      }
      node.run("vm", "ls");
      node.assertClean();
    }
    between.run();
    CounterNode.succeed(node.run(command));
  }

  private Duration timed(String... command) throws Exception {
    long start = System.nanoTime();
    try (CommandProcess process = node.start(command)) {
      assertThat(process.code()).as(process.messages()).isZero();
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
