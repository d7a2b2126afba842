package io.cloudlet.operator.synthesis;

import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.ConditionStatus;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisStatus;
import io.cloudlet.operator.status.Findings;
import io.cloudlet.operator.status.Problem;
import io.cloudlet.operator.status.Reason;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.workflow.WorkflowReconcileResult;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Brings Service and EndpointSlice about, and says what came of it. */
final class Exposer {
  /** What the API server answers to a name that Services cannot have. */
  private static final int UNPROCESSABLE = 422;

  private Exposer() {}

  /** The condition Exposed, for a Synthesis that has something to expose. */
  static Optional<Condition> expose(
      Synthesis synthesis, SynthesisStatus now, Context<Synthesis> context) {
    WorkflowReconcileResult result =
        context.managedWorkflowAndDependentResourceContext().reconcileManagedWorkflow();
    Optional<Problem> refused = refused(synthesis, result);
    if (refused.isEmpty()) {
      result.throwAggregateExceptionIfErrorsPresent();
    }
    if (Exposure.ports(synthesis).isEmpty()) {
      return Optional.empty();
    }
    Findings findings = new Findings(now.conditions(), synthesis.getMetadata().getGeneration());
    refused.ifPresentOrElse(
        problem -> findings.add(SynthesisStatuses.EXPOSED, problem),
        () ->
            findings.add(
                SynthesisStatuses.EXPOSED,
                ConditionStatus.TRUE,
                Reason.EXPOSED,
                "Service " + synthesis.getMetadata().getName() + " leads to the VM"));
    return findings.list().stream().findFirst();
  }

  /** What the API server will not take however often it is asked. */
  private static Optional<Problem> refused(Synthesis synthesis, WorkflowReconcileResult result) {
    String name = synthesis.getMetadata().getName();
    List<Exception> errors = new ArrayList<>();
    result
        .getErroredDependents()
        .forEach((dependent, error) -> {
          if (!(dependent instanceof DisruptionBudgetDependent)) {
            errors.add(error);
          }
        });
    return errors.stream()
        .filter(KubernetesClientException.class::isInstance)
        .map(KubernetesClientException.class::cast)
        .map(KubernetesClientException::getCode)
        .filter(it -> it == HttpURLConnection.HTTP_CONFLICT || it == UNPROCESSABLE)
        .findFirst()
        .map(code ->
            code == UNPROCESSABLE
                ? "a Service cannot be called " + name + ": give the Synthesis another name"
                : "there is a Service "
                    + name
                    + " already: delete it, or give the Synthesis"
                    + " another name")
        .map(message -> new Problem(Reason.SERVICE_NOT_MADE, message));
  }
}
