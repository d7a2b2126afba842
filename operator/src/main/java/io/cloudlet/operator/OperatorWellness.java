package io.cloudlet.operator;

import io.cloudlet.operator.cluster.Cluster;
import io.cloudlet.operator.health.Wellness;
import io.javaoperatorsdk.operator.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** How an operator is: what has failed for good, and what it waits for. */
final class OperatorWellness implements Wellness {
  private final Cluster cluster;
  private final Operator controllers;
  private final List<String> failures = new CopyOnWriteArrayList<>();

  OperatorWellness(Cluster cluster, Operator controllers) {
    this.cluster = cluster;
    this.controllers = controllers;
  }

  void fail(String why) {
    failures.add(why);
  }

  @Override
  public List<String> failures() {
    List<String> all = new ArrayList<>(failures);
    if (isStarted() && controllers.getConfigurationService().getExecutorServiceManager() != null) {
      var executor =
          controllers
              .getConfigurationService()
              .getExecutorServiceManager()
              .reconcileExecutorService();
      if (executor.isShutdown()) {
        all.add("nothing is reconciled any more");
      }
    }
    return all;
  }

  @Override
  public List<String> lacks() {
    List<String> all = new ArrayList<>(failures());
    if (!isStarted()) {
      all.add("starting");
    } else if (!cluster.isWatching() || !controllers.getRuntimeInfo().allEventSourcesAreHealthy()) {
      all.add("the API server is not being watched");
    }
    return all;
  }

  private boolean isStarted() {
    return controllers.getRuntimeInfo().isStarted();
  }
}
