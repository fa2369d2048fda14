package io.triport.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.storage.StorageSettings;
import io.triport.domain.time.Ticker;
import io.triport.identity.launch.AppConfig;
import io.triport.objects.config.Provider;
import java.nio.file.Path;

/** A proxy that keeps what it is told by requests. */
record StoredFixture(ProxyUnderTest proxy) implements AutoCloseable {
    private static final String YAML = """
        triport:
          objects:
            provider: {type: sql, keys: ["${env:SEAL}"]}
            admin: {keys: [ALL]}
        credentials:
          - access_key_id: ALL
            secret_access_key: ${env:SECRET}
            admin: true
            allowed_scopes: [{bucket: "*", actions: ["*"]}]
        """;

    static StoredFixture over(StorageSettings.Engine engine, Path directory, Ticker ticker) {
        return new StoredFixture(ProxyUnderTest.over(engine, directory, ticker, YAML));
    }

    /** Adds the documents of the contract. */
    StoredFixture filled() {
        try (var admin = AdminUnderTest.of(proxy)) {
            add(admin, "roles", ProviderContract.READER);
            add(admin, "buckets", ProviderContract.BETA);
            add(admin, "buckets", ProviderContract.ALPHA);
            add(admin, "credentials", ProviderContract.APP);
        }
        return this;
    }

    private static void add(AdminUnderTest admin, String kind, String document) {
        var answer = admin.send("POST", "/admin/v1/" + kind, document);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    }

    Provider provider() {
        if (proxy.part(AppConfig.class) instanceof ObjectProxyConfig config) {
            return config.providers();
        }
        throw new AssertionError("another app");
    }

    @Override
    public void close() {
        proxy.close();
    }
}
