package io.triport.manager;

import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Secret;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.time.Randomness;
import io.triport.identity.PlannedMechanism;
import io.triport.identity.access.AccessPlan;
import io.triport.identity.access.AccessSettings;
import io.triport.identity.apikey.ApiKeyPlan;
import io.triport.identity.apikey.ApiKeySettings;
import io.triport.identity.apikey.MailKeyPlan;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.Section;
import io.triport.identity.config.Section.Alias;
import io.triport.identity.config.Value;
import io.triport.identity.jwt.OriginRule;
import io.triport.identity.keyring.Base64Url;
import io.triport.identity.keyring.Keyring;
import io.triport.identity.keyring.MasterSecret;
import io.triport.identity.launch.DevelopmentSecret;
import io.triport.identity.launch.StartMode;
import io.triport.identity.revocation.RevocationRule;
import io.triport.identity.session.SessionPlan;
import io.triport.identity.session.SessionSettings;
import io.triport.identity.session.SessionSettings.Transport;
import io.triport.manager.access.ManagerRole;
import io.triport.manager.access.Mechanisms;
import io.triport.manager.access.Origins;
import io.triport.manager.access.Roles;
import io.triport.manager.credential.KeyIssue;
import io.triport.manager.database.DumpLinks;
import io.triport.manager.document.Sealing;
import io.triport.manager.signin.WaysIn;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads who may come in, and how he proves who he is. */
record IdentityReader(Section manager, StartMode mode, Randomness randomness) {
    private static final int SECRET_BYTES = 32;
    private static final String KEY_STORE = "manager-keys";
    private static final String ENVIRONMENT = "live";
    private static final String NONE = "";
    private static final Value<ManagerRole> ROLE =
            new Value<>("admin, editor, viewer or auditor", IdentityReader::role);

    /**
     * What was read.
     *
     * @param order of the mechanisms: the first that is present decides
     * @param issue how API keys are made
     * @param links by which files are fetched and sent
     * @param ready lines for the ready file
     */
    record Read(
            List<PlannedMechanism> plans,
            List<MechanismName> order,
            Roles roles,
            Origins origins,
            WaysIn ways,
            KeyIssue issue,
            Sealing sealing,
            DumpLinks links,
            List<String> ready) {}

    Read read() {
        var ready = new ArrayList<String>();
        var origins = new Origins(Set.copyOf(manager.list(
                "allowed-origins",
                Value.matching(
                        "https?://([a-z0-9.-]+|\\[[0-9a-f:]+])(:[1-9][0-9]{0,4})?",
                        "an origin such as https://console.example.org"),
                "Pages of other origins that may use the API.")));
        var access = access(origins);
        var token = token(ready);
        var peppers = keyring(
                "api-key-pepper", "manager-keys", "What API keys are hashed with; without it none can be made.");
        var provider = new ProviderReader(manager.section("oidc"));
        var redirect = provider.redirect();
        var sessions = sessions(redirect);
        var logins = provider.read(redirect, sessions.map(SessionSettings::keys));
        if (access.isEmpty() && token.isEmpty() && peppers.isEmpty() && logins.isEmpty()) {
            manager.refuseUnknown();
            throw new ConfigError(
                    manager.origin(),
                    "triport.manager",
                    "no identity configured",
                    "TRIPORT_API_TOKEN, TEAM_DOMAIN with POLICY_AUD, oidc, or --dev for a development session");
        }
        var keys = keys(Mechanisms.KEYS, peppers, token);
        var plans = new ArrayList<PlannedMechanism>();
        access.ifPresent(settings -> plans.add(new AccessPlan(settings)));
        plans.add(new ApiKeyPlan(keys));
        plans.add(new MailKeyPlan(keys(Mechanisms.MAIL_KEYS, keys.peppers(), token)));
        sessions.ifPresent(settings -> plans.add(new SessionPlan(settings)));
        var order = new ArrayList<MechanismName>();
        access.ifPresent(settings -> order.add(settings.name()));
        order.addAll(List.of(Mechanisms.KEYS, Mechanisms.MAIL_KEYS));
        sessions.ifPresent(settings -> order.add(settings.name()));
        var ways = new WaysIn(
                sessions.orElse(null),
                mode.credentials() == StartMode.Credentials.DEVELOPMENT,
                access.map(settings -> settings.rules().issuer().issuer().text())
                        .orElse(null),
                logins.orElse(null),
                provider.name());
        return new Read(
                plans,
                order,
                roles(),
                origins,
                ways,
                new KeyIssue(peppers.isPresent() ? keys : null, token.isPresent() ? keys.bootstrapScopes() : Set.of()),
                new Sealing(peppers.orElse(null), randomness),
                links(),
                ready);
    }

    private Optional<AccessSettings> access(Origins origins) {
        var team = manager.value(
                "team-domain",
                Value.TEXT,
                NONE,
                "Who issues the assertions of people.",
                new Alias("TEAM_DOMAIN", NONE));
        var audiences = manager.value(
                "policy-aud",
                Value.TEXT,
                NONE,
                "Audience tags with commas between, of which an assertion has one.",
                new Alias("POLICY_AUD", NONE));
        var insecure = manager.value(
                "insecure", Value.SWITCH, "false", "Whether team-domain may be http to a loopback address.");
        if (team.isEmpty() && audiences.isEmpty()) {
            return Optional.empty();
        }
        if (!insecure && team.startsWith("http:")) {
            throw manager.error("team-domain", team, "https, or http to loopback beside insecure: true");
        }
        var tags = Set.copyOf(
                Arrays.stream(audiences.split(",", -1)).map(String::strip).toList());
        if (team.isEmpty() || tags.contains(NONE)) {
            throw manager.error(
                    team.isEmpty() ? "team-domain" : "policy-aud",
                    team.isEmpty() ? "missing" : "'" + audiences + "'",
                    "a team's host and the audience tags, both");
        }
        try {
            var rule = new OriginRule(origins.listed(), OriginRule.OwnHost.ALWAYS);
            return Optional.of(AccessSettings.at(Mechanisms.ACCESS, team, tags, rule));
        } catch (InvalidInput e) {
            throw manager.error("team-domain", team, e.expectation());
        }
    }

    private Roles roles() {
        var role = manager.value(
                "people-role",
                Value.matching(
                        "admin|editor|viewer|auditor|none", "admin, editor, viewer, auditor, or none for nobody"),
                "admin",
                "The role of whoever comes with an assertion and is not named elsewhere.");
        var groups = new LinkedHashMap<String, ManagerRole>();
        var given = manager.section("group-roles");
        for (var group : given.names()) {
            given.optional(group, ROLE, "The role of the people of a group, for everything.")
                    .ifPresent(held -> groups.put(group, held));
        }
        return new Roles(
                role.equals("none")
                        ? new Roles.PeopleRole.Nothing()
                        : new Roles.PeopleRole.Of(ManagerRole.valueOf(role.toUpperCase(Locale.ROOT))),
                groups);
    }

    private static ManagerRole role(String text) {
        return Arrays.stream(ManagerRole.values())
                .filter(role -> role.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(text));
    }

    private Optional<Secret> token(List<String> ready) {
        var token = manager.secret(
                "api-token", ApiKeySettings.TOKEN_VARIABLE, "A bearer token with the role admin, for the beginning");
        if (token.isPresent() || mode.credentials() != StartMode.Credentials.DEVELOPMENT) {
            return token;
        }
        var made = DevelopmentSecret.in(mode, Manager.NAME, this::fresh);
        ready.add("token-file=" + made.file());
        return Optional.of(Secret.of(made.text()));
    }

    /** Where none is configured, one that is made for development and kept; else none. */
    private Optional<Keyring> keyring(String name, String file, String about) {
        if (manager.has(name)) {
            return Optional.of(Keyring.read(manager, name, about));
        }
        // Asked for all the same, so that it is known.
        var none = manager.secrets(name, about);
        if (!none.isEmpty() || mode.credentials() != StartMode.Credentials.DEVELOPMENT) {
            return none.isEmpty() ? Optional.empty() : Optional.of(Keyring.read(manager, name, about));
        }
        var made = DevelopmentSecret.in(mode, file, this::fresh);
        return Optional.of(Keyring.of(MasterSecret.of(Secret.of(made.text()))));
    }

    /** @param redirect where a provider sends browsers back to: in the clear only for development and tests */
    private Optional<SessionSettings> sessions(Optional<URI> redirect) {
        var plain = mode.credentials() == StartMode.Credentials.DEVELOPMENT
                || redirect.filter(url -> "http".equals(url.getScheme())).isPresent();
        var transport = plain ? Transport.PLAIN : Transport.TLS;
        return keyring(
                        "session-keys",
                        "manager-sessions",
                        "What sessions are signed with; the first signs. Without them there are no sessions.")
                .map(keys -> SessionSettings.of(Mechanisms.SESSION, keys, transport));
    }

    private DumpLinks links() {
        return keyring(
                        "link-keys",
                        "manager-links",
                        "What links to files of databases are signed with; the first signs. Without them databases are"
                                + " neither exported nor imported.")
                .map(DumpLinks::signedWith)
                .orElseGet(() -> new DumpLinks(null));
    }

    private ApiKeySettings keys(MechanismName name, Optional<Keyring> peppers, Optional<Secret> token) {
        // Without a pepper no key was made that could be shown, so any will do.
        return keys(name, peppers.orElseGet(() -> Keyring.of(MasterSecret.of(Secret.of(fresh())))), token);
    }

    private ApiKeySettings keys(MechanismName name, Keyring peppers, Optional<Secret> token) {
        try {
            return new ApiKeySettings(
                    name,
                    KEY_STORE,
                    peppers,
                    ENVIRONMENT,
                    token.stream().toList(),
                    Set.of(ManagerRole.ADMIN.scope()),
                    RevocationRule.SOFT);
        } catch (InvalidInput e) {
            throw manager.error("api-token", "(not shown)", e.expectation());
        }
    }

    private String fresh() {
        return Base64Url.encode(randomness.bytes(SECRET_BYTES));
    }
}
