package io.cloudlet.sidecar.agent.orphan;

import java.io.IOException;
import java.util.List;

/** Knows what was made for one kind of objects. */
@FunctionalInterface
public interface Wards {
  /** All of it. */
  List<Ward> list() throws IOException;
}
