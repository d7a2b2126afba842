package io.cloudlet.standalone.e2e;

import java.util.List;

/** Which process a kill is for. */
enum Victim {
  AGENT,
  OPERATOR,
  BOTH;

  List<Part> parts(Lab lab, String node) {
    return switch (this) {
      case AGENT -> List.of(lab.parts.agent(node));
      case OPERATOR -> List.of(lab.parts.operator());
      case BOTH -> List.of(lab.parts.agent(node), lab.parts.operator());
    };
  }
}
