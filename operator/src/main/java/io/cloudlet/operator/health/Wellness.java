package io.cloudlet.operator.health;

import java.util.List;

/** How a program is. Thread-safe. */
public interface Wellness {
  /** What is wrong for good, so that only a new process helps; empty when nothing is. */
  List<String> failures();

  /** What is missing before it can work; empty when nothing is. */
  List<String> lacks();
}
