package io.triport.manager;

import io.triport.domain.identity.Glob;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Secret;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.time.Randomness;
import io.triport.identity.PermittingPlan;
import io.triport.identity.PlannedMechanism;
import io.triport.identity.apikey.ApiKeyPlan;
import io.triport.identity.apikey.ApiKeySettings;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.Section;
import io.triport.identity.config.Sources;
import io.triport.identity.config.Value;
import io.triport.identity.connection.EdgeLimits;
import io.triport.identity.edge.EdgeSettings;
import io.triport.identity.edge.ErrorShape;
import io.triport.identity.keyring.Base64Url;
import io.triport.identity.keyring.Keyring;
import io.triport.identity.keyring.MasterSecret;
import io.triport.identity.launch.AppConfig;
import io.triport.identity.launch.DevelopmentSecret;
import io.triport.identity.launch.Recurring;
import io.triport.identity.launch.StartMode;
import io.triport.identity.revocation.RevocationRule;
import io.triport.manager.access.ManagerRole;
import io.triport.manager.access.Mechanisms;
import io.triport.manager.access.Roles;
import io.triport.manager.cloudflare.Account;
import io.triport.manager.namespace.HiddenTitles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The manager's settings: the file's section {@code triport.manager}, or the variables of the system that it stands in for. */
final class ManagerConfig implements AppConfig {
    private static final Duration RECLAIM_EVERY = Duration.ofMinutes(1);
    private static final int RECLAIM_AT_ONCE = 1_000;
    private static final int SECRET_BYTES = 32;

    /** Of a page that the server answers itself; what streams is bounded by its route. */
    private static final ByteSize LONGEST_OF_PAGES = ByteSize.ofMiB(1);

    /** The longest body of any route: an import. */
    private static final ByteSize LONGEST = ByteSize.ofMiB(1024);

    /** A key name of 512 bytes in its longest form, with what else stands in a path. */
    private static final ByteSize REQUEST_LINE = ByteSize.ofKiB(16);

    private static final Duration NONCE_WINDOW = Duration.ofSeconds(60);
    private static final Duration NONCE_MEMORY = Duration.ofSeconds(180);

    private final List<PlannedMechanism> plans;
    private final List<MechanismName> order;
    private final Roles roles;
    private final Account account;
    private final HiddenTitles hidden;
    private final List<String> ready;

    private ManagerConfig(
            List<PlannedMechanism> plans,
            List<MechanismName> order,
            Roles roles,
            Account account,
            HiddenTitles hidden,
            List<String> ready) {
        this.account = account;
        this.hidden = hidden;
        this.plans = List.copyOf(plans);
        this.order = List.copyOf(order);
        this.roles = roles;
        this.ready = List.copyOf(ready);
    }

    static ManagerConfig read(Section triport, Sources sources, StartMode mode, Randomness randomness) {
        var manager = triport.section("manager");
        refuseAccountMode(sources);
        var account = new Account(manager.value(
                "account-id",
                Value.matching("[0-9a-f]{32}", "32 lower-case hexadecimal digits"),
                "0123456789abcdef0123456789abcdef",
                "The account by which Cloudflare's clients ask for the namespaces."));
        var hidden = new HiddenTitles(manager.list(
                "protected-namespaces",
                new Value<>("a pattern of titles such as system-*", Glob::parse),
                "Namespaces that the manager neither shows nor changes."));
        var ready = new ArrayList<String>();
        var token = token(manager, mode, randomness, ready);
        if (token.isEmpty()) {
            manager.refuseUnknown();
            throw new ConfigError(
                    manager.origin(),
                    "triport.manager",
                    "no identity configured",
                    "TRIPORT_API_TOKEN, TEAM_DOMAIN with POLICY_AUD, or --dev for a development token");
        }
        var plans = new ArrayList<PlannedMechanism>();
        var order = new ArrayList<MechanismName>();
        plans.add(new ApiKeyPlan(keys(manager, token, randomness)));
        order.add(Mechanisms.KEYS);
        return new ManagerConfig(
                plans, order, new Roles(new Roles.PeopleRole.Of(ManagerRole.ADMIN)), account, hidden, ready);
    }

    /** It is for the namespaces of an account elsewhere, which this version cannot manage. */
    private static void refuseAccountMode(Sources sources) {
        for (var name : List.of("ACCOUNT_ID", "API_KEY")) {
            if (sources.variable(name).isPresent()) {
                throw new ConfigError("environment", name, "(set)", "unset: only the local store can be managed");
            }
        }
    }

    private static Optional<Secret> token(Section manager, StartMode mode, Randomness randomness, List<String> ready) {
        var token = manager.secret(
                "api-token", ApiKeySettings.TOKEN_VARIABLE, "A bearer token with the role admin, for the beginning");
        if (token.isPresent() || mode.credentials() != StartMode.Credentials.DEVELOPMENT) {
            return token;
        }
        var made = DevelopmentSecret.in(mode, Manager.NAME, () -> fresh(randomness));
        ready.add("token-file=" + made.file());
        return Optional.of(Secret.of(made.text()));
    }

    private static ApiKeySettings keys(Section manager, Optional<Secret> token, Randomness randomness) {
        try {
            return new ApiKeySettings(
                    Mechanisms.KEYS,
                    "manager-keys",
                    Keyring.of(MasterSecret.of(Secret.of(fresh(randomness)))),
                    "live",
                    token.stream().toList(),
                    Set.of(ManagerRole.ADMIN.scope()),
                    RevocationRule.SOFT);
        } catch (InvalidInput e) {
            throw manager.error("api-token", "(not shown)", e.expectation());
        }
    }

    private static String fresh(Randomness randomness) {
        return Base64Url.encode(randomness.bytes(SECRET_BYTES));
    }

    /** Those that may prove who asks, in their order. */
    List<MechanismName> order() {
        return order;
    }

    Roles roles() {
        return roles;
    }

    /** The mechanisms with what their principals may do. */
    Set<PlannedMechanism> permitting() {
        return plans.stream()
                .map(plan -> new PermittingPlan(plan, roles::permissions))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public ByteSize maxBody() {
        return LONGEST_OF_PAGES;
    }

    @Override
    public EdgeSettings edge(EdgeSettings shared) {
        var limits = shared.limits();
        var head = new EdgeLimits.Head(
                REQUEST_LINE,
                limits.head().section(),
                limits.head().fields(),
                limits.head().parameters());
        return new EdgeSettings(
                shared.app(),
                shared.listen(),
                shared.management(),
                shared.basePath(),
                shared.trustedProxies(),
                shared.maxBody(),
                new EdgeLimits(
                        head,
                        limits.body(),
                        limits.patience(),
                        EdgeLimits.Pace.collecting(LONGEST),
                        limits.connections(),
                        limits.work()),
                shared.drainDelay(),
                shared.rejectedPerMinute(),
                shared.more());
    }

    @Override
    public Duration nonceWindow() {
        return NONCE_WINDOW;
    }

    @Override
    public Duration nonceMemory() {
        return NONCE_MEMORY;
    }

    @Override
    public ErrorShape errors() {
        return new ManagerShape();
    }

    /** None for the server's own gate: the app asks one of its own. */
    @Override
    public Set<PlannedMechanism> mechanisms() {
        return Set.of();
    }

    @Override
    public List<Object> beans() {
        return List.of(account, hidden);
    }

    @Override
    public List<PlannedMechanism> planned() {
        return plans;
    }

    @Override
    public Optional<String> sharedMarks() {
        return Optional.of("nonces-manager");
    }

    @Override
    public List<Recurring> tasks() {
        return List.of(new Recurring(ManagerTask.RECLAIM, RECLAIM_EVERY, (grant, storage) -> {
            var catalogue = storage.resources(grant);
            while (catalogue.reclaim(RECLAIM_AT_ONCE) == RECLAIM_AT_ONCE) {
                // Until a batch is not full: what is left was not there when the task fell due.
            }
        }));
    }

    /** Nothing changes while it runs. */
    @Override
    public void adopt(AppConfig newer) {}

    @Override
    public List<String> ready() {
        return ready;
    }
}
