package io.cloudlet.standalone.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds processes by where they work. */
final class WorkingProcesses {
  private WorkingProcesses() {}

  /** Those whose working directory lies in a folder. */
  static List<ProcessHandle> in(Path folder) {
    return ProcessHandle.allProcesses().filter(p -> directory(p).startsWith(folder)).toList();
  }

  private static Path directory(ProcessHandle process) {
    try {
      return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"));
    } catch (IOException e) {
      return Path.of("/"); // It has ended.
    }
  }
}
