package io.cloudlet.sidecar.agent;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.sidecar.agent.base.BaseVMReconciler;
import io.cloudlet.sidecar.agent.control.ControllerSettings;
import io.cloudlet.sidecar.agent.overlay.VMOverlayReconciler;
import io.cloudlet.sidecar.agent.synthesis.SynthesisReconciler;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The controllers of an agent: each sees the objects of its own node and no others. */
final class Controllers implements AutoCloseable {
  private static final Duration TERMINATION = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(Controllers.class);

  private final Operator operator;
  private final ControllerSettings settings;

  Controllers(KubernetesClient client, String node, Metrics metrics) {
    operator =
        new Operator(service ->
            service
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withReconciliationTerminationTimeout(TERMINATION)
                .withUseSSAToPatchPrimaryResource(true));
    settings = new ControllerSettings(operator.getConfigurationService(), node);
  }

  void node(Reconciler<CloudletNode> reconciler) {
    operator.register(reconciler, settings.named(CloudletNode.class, reconciler));
  }

  void synthesis(SynthesisReconciler reconciler) {
    operator.register(
        reconciler, settings.placed(Synthesis.class, reconciler, SynthesisReconciler::inputs));
  }

  void overlay(VMOverlayReconciler reconciler) {
    operator.register(
        reconciler, settings.placed(VMOverlay.class, reconciler, VMOverlayReconciler::inputs));
  }

  void base(BaseVMReconciler reconciler) {
    operator.register(
        reconciler, settings.placed(BaseVM.class, reconciler, BaseVMReconciler::inputs));
  }

  void start() {
    operator.start();
  }

  @Override
  public void close() {
    try {
      operator.stop();
    } catch (OperatorException e) {
      LOG.info("the controllers did not end in order: {}", e.getMessage());
    }
  }
}
