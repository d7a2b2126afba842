package io.cloudlet.sidecar.cli;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts this program again, to work on when this process has ended. */
record BackgroundCommand(Path data) {
  /** Starts a command at low priority, without a terminal; nobody hears of its end. */
  void start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("setsid", "nice", "-n", "10"));
    // The disk is for the VMs first; where that cannot be said, it works on without.
    command.addAll(List.of("ionice", "-t", "-c", "3"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("--quiet", "--data", data.toString()));
    command.addAll(List.of(arguments));
    new ProcessBuilder(command)
        .redirectInput(new File("/dev/null"))
        .redirectOutput(Redirect.DISCARD)
        .redirectError(Redirect.DISCARD)
        .start();
  }
}
