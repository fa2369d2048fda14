package io.triport.e2e.reference;

import io.triport.identity.config.Setting;
import io.triport.identity.launch.Readings;
import io.triport.identity.signer.PrivateKeyPem;
import io.triport.identity.signer.SigningAlgorithm;
import io.triport.objects.ObjectProxy;
import io.triport.objects.wire.S3Error;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The reference page of the object proxy, made from what the code reads and answers. */
record ObjectProxyReference(List<Setting> settings) {
    private static final String SECRET = "a-secret-of-thirty-two-characters-at-least";
    private static final String SESSION_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    /** Every section that there is, with whatever has to stand in it. */
    private static final String FILE = """
        triport:
          objects:
            admin: {keys: [KEY]}
            provider: {type: sql, keys: ["${env:SECRET}"]}
        oidc_provider: {issuer: "https://proxy.example", keys: [{key: "${env:SIGNER}"}]}
        session_token_keys: [{key: "${env:SESSION_KEY}"}]
        roles:
          - role_id: ROLE
            trusted_oidc_issuers: ["https://ci.example"]
            required_audiences: [proxy]
            subject_conditions: ["repo:acme/*"]
            claim_conditions: {CLAIM: [main]}
            allowed_scopes: [{bucket: files, prefixes: ["{sub}/"], actions: [read]}]
          - role_id: reader
            trusted_principals: [KEY]
        buckets:
          - name: files
            backend_type: fs
            quota: {limit_bytes: 1000, window_secs: 60}
            tags: {TAG: value}
            cors: [{allowed_origins: ["https://app.example"], allowed_methods: [GET]}]
          - name: open-data
            backend_type: s3
            backend_options: {endpoint: "https://s3.example.com", skip_signature: true}
          - name: closed-data
            backend_type: s3
            backend_options: {endpoint: "https://s3.example.com", access_key_id: ID, secret_access_key: "${env:SECRET}"}
        credentials:
          - access_key_id: KEY
            secret_access_key: "${env:SECRET}"
            admin: true
            allowed_scopes: [{bucket: "*", actions: [read]}]
        rate_limits:
          anonymous: {limit: 1, window: 1s}
          authenticated: {limit: 1, window: 1s}
          sts: {limit: 1, window: 1s}
        """;

    /** @param directory for the file */
    static ObjectProxyReference read(Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("object-proxy.yml"), FILE);
        var environment = Map.of(
                "SECRET", SECRET, "SESSION_KEY", SESSION_KEY, "SIGNER", PrivateKeyPem.generate(SigningAlgorithm.ES256));
        return new ObjectProxyReference(Readings.of(new ObjectProxy(), Optional.of(file), environment));
    }

    /** The whole page. */
    String page() {
        return """
            # Reference of the object proxy

            Made from the code by `ReferencePagesTest`; changes by hand do not last.

            ## Settings

            Keys of the YAML file; `ROLE`, `KEY`, `CLAIM` and `TAG` stand for names of your choice, `[]` for each item of a list. Those below `triport` have
            variables that override them, the key in capitals with `_` for `.` and `-`; the others may stand in `PROXY_CONFIG` as well. A
            key that is not in this table stops the start. What takes effect without a restart: [the object proxy](object-proxy.md#configuration).

            %s
            ## Codes

            An error is XML with the code and a message; code and status are what programs may rely on.

            | code | status | message |
            |---|---|---|
            %s\
            """.formatted(SettingTable.of(settings, key -> key.replaceAll("\\[[0-9]+]", "[]")), codes());
    }

    private static String codes() {
        return Arrays.stream(S3Error.values())
                .map(error -> "| `%s` | %d | %s |\n".formatted(error.code(), error.status(), error.message()))
                .collect(Collectors.joining());
    }
}
