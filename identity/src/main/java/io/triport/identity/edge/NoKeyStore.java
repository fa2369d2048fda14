package io.triport.identity.edge;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.http.ssl.CertificateProvider;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import org.reactivestreams.Publisher;

/** Makes the server ask {@link ListenerTls} for each listener apart: it does so only where a listener names its keys. */
@Singleton
@Named(NoKeyStore.NAME)
final class NoKeyStore implements CertificateProvider {
    static final String NAME = "triport";

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public Publisher<KeyStore> getKeyStore() {
        return Publishers.just(empty());
    }

    private static KeyStore empty() {
        try {
            var none = KeyStore.getInstance("PKCS12");
            none.load(null, null);
            return none;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("no key store can be made", e);
        }
    }
}
