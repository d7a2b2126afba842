package io.cloudlet.sidecar.agent.http;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whose certificates are trusted.
 *
 * @param file of PEM
 * @param others trusted as well
 */
record Authorities(Path file, List<X509Certificate> others) {
  static Authorities in(Path file) {
    return new Authorities(file, List.of());
  }

  /** Those that the JDK knows as well. */
  Authorities andKnown() throws GeneralSecurityException {
    return new Authorities(file, List.of(manager(null).getAcceptedIssuers()));
  }

  TrustManager reloaded() throws GeneralSecurityException, IOException {
    return new ReloadedTrust(new Reloaded<>(List.of(file), this::read));
  }

  private X509ExtendedTrustManager read() throws GeneralSecurityException, IOException {
    List<X509Certificate> all = new ArrayList<>(new Pem(file).certificates());
    all.addAll(others);
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (int i = 0; i < all.size(); i++) {
      store.setCertificateEntry("authority " + i, all.get(i));
    }
    return manager(store);
  }

  /** Of the authorities in a store; without one, of those that the JDK knows. */
  private static X509ExtendedTrustManager manager(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
  }
}
