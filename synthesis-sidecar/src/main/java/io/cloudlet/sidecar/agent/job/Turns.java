package io.cloudlet.sidecar.agent.job;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Who may use what only so many may use at once, in the order in which they came. Thread-safe. */
final class Turns {
  /** One who has, or waits for, a turn. */
  static final class Turn {
    private final String resource;
    private final String what;

    private Turn(String resource, String what) {
      this.resource = resource;
      this.what = what;
    }
  }

  private final Map<String, Deque<Turn>> queues = new HashMap<>();
  private final Map<String, Integer> places;

  /**
   * Turns at resources that have one place each.
   *
   * @param places of resources that have another number of them
   */
  Turns(Map<String, Integer> places) {
    this.places = Map.copyOf(places);
  }

  /** Joins the queue of a resource. */
  synchronized Turn enter(String resource, String what) {
    Turn turn = new Turn(resource, what);
    queues.computeIfAbsent(resource, _ -> new ArrayDeque<>()).add(turn);
    return turn;
  }

  /** Waits until it is the turn's time. */
  synchronized void await(Turn turn) throws InterruptedException {
    while (!mayGo(turn)) {
      wait();
    }
  }

  synchronized boolean mayGo(Turn turn) {
    int ahead = 0;
    for (Turn other : queue(turn)) {
      if (other == turn) {
        return ahead < places.getOrDefault(turn.resource, 1);
      }
      ahead++;
    }
    throw new IllegalStateException("a turn that has ended: " + turn.what);
  }

  /** What the one before does. */
  synchronized String ahead(Turn turn) {
    String before = "";
    for (Turn other : queue(turn)) {
      if (other == turn) {
        return before;
      }
      before = other.what;
    }
    return before;
  }

  /** Makes way. */
  synchronized void leave(Turn turn) {
    Deque<Turn> queue = queue(turn);
    queue.remove(turn);
    if (queue.isEmpty()) {
      queues.remove(turn.resource);
    }
    notifyAll();
  }

  private Deque<Turn> queue(Turn turn) {
    return queues.getOrDefault(turn.resource, new ArrayDeque<>());
  }
}
