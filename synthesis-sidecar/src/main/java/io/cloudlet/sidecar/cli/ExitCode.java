package io.cloudlet.sidecar.cli;

/** What a command's exit code says; part of the command line's contract. */
enum ExitCode {
  /** Done. */
  OK(0, "done"),
  /** Something failed; the message says what. */
  FAILED(1, "failed; the message says why and what to do"),
  /** The command line is wrong. */
  USAGE(2, "the command line is wrong"),
  /** A base VM, VM or file of that name is not there. */
  NOT_FOUND(3, "a base VM, VM or file is not there"),
  /** Another command is working on it. */
  BUSY(4, "another command is working on it"),
  /** Bytes that were read are damaged, hostile, or of a newer version. */
  CORRUPT(5, "an input is damaged or of a newer version"),
  /** Ended by SIGINT; what was begun has been undone. */
  INTERRUPTED(130, "interrupted; what was begun has been undone"),
  /** Ended by SIGTERM; what was begun has been undone. */
  TERMINATED(143, "ended by SIGTERM; what was begun has been undone");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  int code() {
    return code;
  }

  String meaning() {
    return meaning;
  }
}
