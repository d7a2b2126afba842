package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.node.DataDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** What all commands of one run share: where the data lies and where output goes. */
final class Session {
  private final Map<String, String> environment;
  private final Output output;
  private Path root;
  private String command = "cloudlet";

  Session(Map<String, String> environment, Output output) {
    this.environment = environment;
    this.output = output;
    this.root = DataDirectory.defaultRoot(environment);
  }

  /** Sets the place of the data, and what the command is called when others find it busy. */
  void configure(Path data, String commandName) {
    root = data;
    command = commandName;
  }

  Output output() {
    return output;
  }

  /** The data directory's path, whether it exists or not. */
  Path root() {
    return root;
  }

  /** A variable of the environment; empty when it is not set. */
  String variable(String name) {
    return environment.getOrDefault(name, "");
  }

  /** Opens the data directory. */
  DataDirectory data() throws IOException {
    return DataDirectory.open(root, command);
  }
}
