package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.bench.Goal;
import java.util.List;

/**
 * What a benchmark has to reach, and what it found.
 *
 * @param goals in the order of lines
 */
public record GoalTable(List<Goal> goals) {
  @Override
  public String toString() {
    Table table = new Table("GOAL", "LIMIT", "FOUND", "");
    for (Goal goal : goals) {
      table.row(goal.what(), goal.limit(), goal.found(), goal.reached() ? "reached" : "missed");
    }
    return table.toString();
  }
}
