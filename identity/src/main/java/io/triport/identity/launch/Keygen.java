package io.triport.identity.launch;

import io.micronaut.context.ApplicationContext;
import io.triport.domain.identity.CredentialStore;
import io.triport.domain.identity.RevocationList;
import io.triport.domain.identity.Scope;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.Cidr;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.identity.apikey.ApiKey;
import io.triport.identity.apikey.ApiKeyId;
import io.triport.identity.apikey.ApiKeyOrder;
import io.triport.identity.apikey.ApiKeyPlan;
import io.triport.identity.apikey.ApiKeyService;
import io.triport.identity.apikey.ApiKeySettings;
import io.triport.identity.apikey.ApiKeySummary;
import io.triport.identity.apikey.ApiKeyTable;
import io.triport.identity.config.Value;
import io.triport.identity.keyring.Base64Url;
import io.triport.identity.log.Logging;
import io.triport.identity.signer.PrivateKeyPem;
import io.triport.identity.signer.SigningAlgorithm;
import java.io.PrintStream;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code keygen}: fresh secrets with the lines to paste, and keys in the store of a configured app. */
record Keygen(App app, Map<String, String> environment, PrintStream out, PrintStream err) {
    private static final int SECRET_BYTES = 32;

    /** Empty when the words ask for something else. */
    OptionalInt run(List<String> arguments) {
        if (arguments.equals(List.of("keygen", "session"))) {
            return OptionalInt.of(session());
        }
        if (arguments.equals(List.of("keygen", "session-token"))) {
            return OptionalInt.of(sessionToken());
        }
        if (arguments.equals(List.of("keygen", "oidc"))) {
            return OptionalInt.of(signer());
        }
        if (arguments.size() < 2 || !arguments.subList(0, 2).equals(List.of("keygen", "api-key"))) {
            return OptionalInt.empty();
        }
        var line = KeygenLine.parse(arguments.subList(2, arguments.size()));
        return OptionalInt.of(line.values().isEmpty() ? pepper() : inStore(line));
    }

    private int session() {
        out.println("export SESSION_KEY=" + secret());
        out.println("# and in the configuration: identity.browser: {type: session, keys: [\"${env:SESSION_KEY}\"]}");
        return Launch.OK;
    }

    private int sessionToken() {
        out.println("export SESSION_TOKEN_KEY="
                + Base64.getEncoder().encodeToString(Randomness.system().bytes(SECRET_BYTES)));
        out.println("# to replace a key, write the new one before it with a comma between: the first seals, all open");
        return Launch.OK;
    }

    /** A key has several lines, which a shell takes between quotes. */
    private int signer() {
        out.println("export SIGNER_KEY='" + PrivateKeyPem.generate(SigningAlgorithm.ES256) + "'");
        out.println("# and in the configuration: signer: {issuer: https://gateway.example.org, keys: {first: {key:"
                + " \"${env:SIGNER_KEY}\"}}}");
        return Launch.OK;
    }

    private int pepper() {
        out.println("export API_KEY_PEPPER=" + secret());
        out.println("# and in the configuration: identity.keys: {type: api-key, pepper: [\"${env:API_KEY_PEPPER}\"]}");
        out.println("# then a key: keygen api-key --config FILE --owner NAME --scopes orders.read");
        return Launch.OK;
    }

    private int inStore(KeygenLine line) {
        var mode = new StartMode(StartMode.Credentials.CONFIGURED, line.data());
        var config = Configuration.read(app, line.config(), mode, environment, Map.of());
        var settings = settings(line, config.app());
        config.logging().ofCommand().install(err);
        try (var context = context(config)) {
            var service = service(settings, context);
            return deed(line, settings, service);
        } catch (InvalidInput e) {
            throw new CommandLine.Misused("keygen api-key: " + e.getMessage());
        } catch (RuntimeException e) {
            err.println(app.name() + ": " + RunningApp.rootMessage(e));
            return Launch.FAILED;
        } finally {
            Logging.flush();
        }
    }

    private int deed(KeygenLine line, ApiKeySettings settings, ApiKeyService service) {
        if (line.owner().isPresent()) {
            return shown(service.create(order(line, settings)));
        }
        if (line.rotate().isPresent()) {
            var id = new ApiKeyId(line.rotate().get());
            return service.rotate(id, settings.environment(), overlap(line))
                    .map(this::shown)
                    .orElseGet(() -> unknown(id));
        }
        if (line.disable().isPresent()) {
            var id = new ApiKeyId(line.disable().get());
            return service.disable(id) ? Launch.OK : unknown(id);
        }
        service.list().forEach(key -> out.println(told(key)));
        return Launch.OK;
    }

    /** The one mechanism with API keys, or the one of the given name. */
    private ApiKeySettings settings(KeygenLine line, AppConfig config) {
        var plans = config.planned().stream()
                .filter(ApiKeyPlan.class::isInstance)
                .map(plan -> ((ApiKeyPlan) plan).settings())
                .filter(settings -> line.mechanism().isEmpty()
                        || line.mechanism().get().equals(settings.name().text()))
                .toList();
        if (plans.size() != 1) {
            throw new CommandLine.Misused("keygen api-key: " + plans.size()
                    + " mechanisms of type api-key fit (expected: one, or its name behind --mechanism)");
        }
        return plans.getFirst();
    }

    /** The app as it is when it runs, but that it never listens. */
    private ApplicationContext context(Configuration config) {
        return RunningApp.wiringOfCommand(app, config).start();
    }

    private static ApiKeyService service(ApiKeySettings settings, ApplicationContext context) {
        var randomness = context.getBean(Randomness.class);
        var table = new ApiKeyTable(
                settings.store(),
                settings.peppers(),
                context.getBean(CredentialStore.class),
                context.getBean(Ticker.class),
                randomness);
        return new ApiKeyService(
                table, context.getBean(RevocationList.class), context.getBean(Clock.class), randomness);
    }

    private static ApiKeyOrder order(KeygenLine line, ApiKeySettings settings) {
        return new ApiKeyOrder(
                settings.environment(),
                new Subject(line.owner().orElseThrow()),
                line.parts("--scopes").stream().map(Scope::new).collect(Collectors.toSet()),
                line.parts("--cidrs").stream().map(Cidr::parse).toList(),
                line.value("--expires").map(Keygen::moment).orElse(Instant.MAX));
    }

    private static Instant moment(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidInput("--expires", Value.MOMENT.expectation());
        }
    }

    private static Duration overlap(KeygenLine line) {
        var value = Value.duration(Duration.ZERO, ApiKeyService.LONGEST_OVERLAP);
        try {
            return line.value("--overlap").map(value.parser()).orElse(Duration.ofDays(1));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new InvalidInput("--overlap", value.expectation());
        }
    }

    /** The key alone on its line, so that a script can take it. */
    private int shown(ApiKey key) {
        err.println("The key is shown this once; its id is " + key.id() + ".");
        out.println(key.reveal());
        return Launch.OK;
    }

    private int unknown(ApiKeyId id) {
        err.println(app.name() + ": " + id + ": no key of this id, or it is disabled");
        return Launch.FAILED;
    }

    private static String told(ApiKeySummary key) {
        return "id=" + key.id()
                + " owner=" + key.owner().text()
                + " scopes="
                + joined(
                        key.scopes().stream()
                                .sorted((a, b) -> a.text().compareTo(b.text()))
                                .toList(),
                        Scope::text)
                + " cidrs=" + joined(key.cidrs(), Cidr::toString)
                + " created=" + key.createdAt()
                + " expires=" + (key.expiresAt().equals(Instant.MAX) ? "never" : key.expiresAt())
                + " last-used=" + (key.lastUsedAt().equals(Instant.MIN) ? "never" : key.lastUsedAt())
                + (key.disabledAt().equals(Instant.MAX) ? "" : " disabled=" + key.disabledAt());
    }

    private static <T> String joined(List<T> items, Function<T, String> text) {
        return items.stream().map(text).collect(Collectors.joining(","));
    }

    private static String secret() {
        return Base64Url.encode(Randomness.system().bytes(SECRET_BYTES));
    }
}
