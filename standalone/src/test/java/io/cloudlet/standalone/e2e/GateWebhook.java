package io.cloudlet.standalone.e2e;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.RuleWithOperations;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.RuleWithOperationsBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import java.util.List;

/** What an API server has to know to ask a gate about the three kinds. */
final class GateWebhook {
  private static final int LIMIT_SECONDS = 30;
  private static final List<String> KINDS = List.of("basevms", "vmoverlays", "syntheses");

  private GateWebhook() {}

  /**
   * Its configuration.
   *
   * @param certificate of the gate, PEM in Base64
   */
  static ValidatingWebhookConfiguration of(String url, String certificate) {
    return new ValidatingWebhookConfigurationBuilder()
        .withNewMetadata()
        .withName("gate")
        .endMetadata()
        .addNewWebhook()
        .withName("gate.cloudlet.test")
        .withNewClientConfig()
        .withUrl(url)
        .withCaBundle(certificate)
        .endClientConfig()
        .withRules(
            rule(KINDS, "CREATE", "DELETE"),
            rule(KINDS.stream().map(it -> it + "/status").toList(), "UPDATE"))
        .withFailurePolicy("Fail")
        .withSideEffects("NoneOnDryRun")
        .withTimeoutSeconds(LIMIT_SECONDS)
        .withAdmissionReviewVersions("v1")
        .endWebhook()
        .build();
  }

  private static RuleWithOperations rule(List<String> resources, String... operations) {
    return new RuleWithOperationsBuilder()
        .withApiGroups("cloudlet.io")
        .withApiVersions("*")
        .withResources(resources)
        .withOperations(operations)
        .build();
  }
}
