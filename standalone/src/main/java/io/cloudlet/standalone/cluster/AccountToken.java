package io.cloudlet.standalone.cluster;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.OAuthTokenProvider;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who a service account is, in tokens that the server signs for some hours; renewed in time, as a
 * kubelet does for pods. Thread-safe.
 */
public final class AccountToken implements OAuthTokenProvider {
  private static final Duration LIFE = Duration.ofHours(8);

  private final KubernetesClient administrator;
  private final ServiceAccount account;
  private @Nullable String token;
  private Instant renewal = Instant.MIN;

  /**
   * For an account.
   *
   * @param administrator asks for the tokens; stays the caller's
   */
  public AccountToken(KubernetesClient administrator, ServiceAccount account) {
    this.administrator = administrator;
    this.account = account;
  }

  @Override
  public synchronized String getToken() {
    String known = token;
    if (known != null && Instant.now().isBefore(renewal)) {
      return known;
    }
    String fresh = request();
    token = fresh;
    renewal = Instant.now().plus(LIFE.dividedBy(2));
    return fresh;
  }

  private String request() {
    TokenRequest answer =
        administrator
            .serviceAccounts()
            .inNamespace(account.getMetadata().getNamespace())
            .withName(account.getMetadata().getName())
            .tokenRequest(
                new TokenRequestBuilder()
                    .withNewSpec()
                    .withExpirationSeconds(LIFE.toSeconds())
                    .endSpec()
                    .build());
    return answer.getStatus().getToken();
  }
}
