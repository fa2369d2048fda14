package io.triport.gateway;

import io.triport.gateway.problem.Problem;
import io.triport.identity.config.Setting;
import io.triport.identity.launch.StartedApp;
import io.triport.identity.signer.PrivateKeyPem;
import io.triport.identity.signer.SigningAlgorithm;
import io.triport.testkit.TlsAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The reference page of the gateway, made from what the code reads and answers. */
record Reference(List<Setting> settings) {
    private static final String SECRET = "a secret of thirty-two characters, at least";
    private static final Pattern MECHANISM = Pattern.compile("identity\\.([a-z-]+?)(?:-[0-9])?\\.(.*)");

    /** Every section that there is, with whatever has to stand in it. Of a mechanism whose keys exclude each other, several. */
    private static final String FILE = """
        listen: [{tls: {cert: "CERT", key: "OWN_KEY"}}]
        admin: {identity: [jwt]}
        trustedProxies: [192.0.2.1/32]
        signer: {issuer: "https://gateway.example", keys: {k1: {key: "${env:SIGNER}"}}}
        traces: {endpoint: "http://127.0.0.1:4318"}
        identity:
          public: {type: public}
          jwt: {type: jwt, issuer: "https://idp.example", audience: [a], jwks: "https://idp.example/keys", algorithms: [RS256]}
          jwt-2: {type: jwt, issuer: seed, audience: [a], secret: "${env:SECRET}", algorithms: [HS256]}
          jwt-3: {type: jwt, issuer: idp, audience: [a], keys: "PUBLIC", algorithms: [ES256]}
          access-jwt: {type: access-jwt, teamDomain: acme.example, audience: [a]}
          api-key: {type: api-key, pepper: ["${env:SECRET}"]}
          hmac-request: {type: hmac-request, keys: {KEY: {secrets: ["${env:SECRET}"]}}}
          mtls: {type: mtls, clientCa: "CERT", clients: {CLIENT: {uri: "spiffe://acme.example/a"}}}
          mtls-2: {type: mtls, clientCa: "CERT", forwarded: {header: client-cert, from: [192.0.2.1/32]}}
          session: {type: session, keys: ["${env:SECRET}"]}
          oidc-login: {type: oidc-login, issuer: "https://idp.example", clientId: c, clientSecret: "${env:SECRET}", redirectUri: "https://app.example/callback", keys: ["${env:SECRET}"]}
          federation: {type: federation, issuers: {ISSUER: {issuer: "https://ci.example", audience: [a], subject: "repo:acme/shop", role: builder}}}
          url-token: {type: url-token, keys: ["${env:SECRET}"]}
        policies:
          all: {all: [{scope: a}, {role: a}, {claim: a, equals: b}]}
          any: {any: [{emailIn: [root@acme.example]}, {ip: {allow: [192.0.2.0/24]}}]}
        rateLimits:
          NAME: {limit: 1, window: 1s, key: [ip]}
        upstreams:
          NAME: {targets: [{url: "https://127.0.0.1:9"}], hedge: {}, health: {}}
        cors: {origins: ["https://app.example"]}
        routes:
          - {id: r, match: {path: /, headers: {FIELD: a}}, headers: {request: {set: {FIELD: a}}, response: {set: {FIELD: a}}}, identity: [jwt], identityAssertion: {audience: a}, cors: {origins: ["https://app.example"]}, upstream: NAME}
        """;

    /** @param directory for files that the settings name */
    static Reference read(Path directory) throws IOException {
        var authority = new TlsAuthority();
        var own = authority.issue("CN=gateway");
        var cert = own.certFile(directory.resolve("cert.pem"));
        var key = own.keyFile(directory.resolve("key.pem"));
        var published = Files.writeString(
                directory.resolve("public.pem"),
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getEncoder()
                                .encodeToString(own.keys().getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
        var file = Files.writeString(
                directory.resolve("gateway.yaml"),
                FILE.replace("CERT", cert.toString())
                        .replace("OWN_KEY", key.toString())
                        .replace("PUBLIC", published.toString()));
        var environment = Map.of("SECRET", SECRET, "SIGNER", PrivateKeyPem.generate(SigningAlgorithm.ES256));
        return new Reference(StartedApp.settings(new Gateway(), file, directory, environment));
    }

    /** The whole page. */
    String page() {
        return """
            # Reference of the gateway

            Made from the code by `ReferenceTest`; changes by hand do not last.

            ## Settings

            Keys of the YAML file. `NAME`, `KEY`, `CLIENT`, `ISSUER` and `FIELD` stand for names of your choice, `[]` for each item of a
            list. A key that is not here stops the start. What takes effect without a restart stands in [changes](gateway.md#changes).

            %s
            A policy may also be `all` or `any` of a list of policies.

            ## Mechanisms

            Under `identity`, each by a name of your choice, with its `type`. One of type `public` has no other keys.

            %s
            ## Settings that all apps have

            %s
            ## Codes

            | code | status | error |
            |---|---|---|
            %s\
            """.formatted(
                        table(rows(key -> !shared(key) && !mechanism(key))),
                        mechanisms(),
                        table(rows(Reference::shared)),
                        codes());
    }

    private String mechanisms() {
        var types = new TreeMap<String, Map<String, Setting>>();
        for (var setting : settings) {
            var found = MECHANISM.matcher(setting.key());
            if (found.matches() && !found.group(2).equals("type")) {
                types.computeIfAbsent(found.group(1), type -> new LinkedHashMap<>())
                        .putIfAbsent(found.group(2), setting);
            }
        }
        return types.entrySet().stream()
                .map(type -> "### " + type.getKey() + "\n\n" + table(type.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private Map<String, Setting> rows(Predicate<String> which) {
        var rows = new LinkedHashMap<String, Setting>();
        settings.stream()
                .filter(setting -> which.test(setting.key()))
                .forEach(setting -> rows.putIfAbsent(general(setting.key()), setting));
        return rows;
    }

    private static boolean shared(String key) {
        return key.startsWith("triport.");
    }

    private static boolean mechanism(String key) {
        return MECHANISM.matcher(key).matches();
    }

    /** Without what the operator chose, and without what may stand within itself. */
    private static String general(String key) {
        return key.replaceAll("\\[[0-9]+]", "[]")
                .replaceAll("^policies\\.[a-z]+\\.(all|any)\\[]", "policies.NAME")
                .replaceAll("^signer\\.keys\\.[^.]+", "signer.keys.NAME");
    }

    private static String table(Map<String, Setting> rows) {
        return "| key | value | default | what it is for |\n|---|---|---|---|\n"
                + rows.entrySet().stream()
                        .map(row -> row(row.getKey(), row.getValue()))
                        .collect(Collectors.joining());
    }

    private static String row(String key, Setting setting) {
        return "| `%s` | %s | %s | %s |\n"
                .formatted(
                        key,
                        setting.expectation()
                                .replace("|", "\\|")
                                .replace("${env:NAME} or ${file:PATH}", "`${env:NAME}` or `${file:PATH}`"),
                        setting.fallback().isEmpty() ? "" : "`" + setting.fallback() + "`",
                        setting.about());
    }

    private static String codes() {
        return Arrays.stream(Problem.values())
                .map(problem -> "| `%s` | %d | %s |\n".formatted(problem.code(), problem.status(), problem.error()))
                .collect(Collectors.joining());
    }
}
