package io.triport.gateway.config;

import io.triport.domain.identity.MechanismName;
import io.triport.gateway.config.MechanismSettings.Plan;
import io.triport.gateway.config.MechanismSettings.Trace;
import io.triport.identity.PlannedMechanism;
import io.triport.identity.access.AccessPlan;
import io.triport.identity.access.AccessSettings;
import io.triport.identity.apikey.ApiKeyPlan;
import io.triport.identity.apikey.ApiKeySettings;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import io.triport.identity.federation.FederationPlan;
import io.triport.identity.federation.FederationSettings;
import io.triport.identity.jwt.JwtPlan;
import io.triport.identity.jwt.JwtSettings;
import io.triport.identity.jwt.TokenBinding;
import io.triport.identity.jwt.TokenPlace;
import io.triport.identity.mtls.CertificateSource;
import io.triport.identity.mtls.MtlsPlan;
import io.triport.identity.mtls.MtlsSettings;
import io.triport.identity.oidc.OidcPlan;
import io.triport.identity.session.SessionPlan;
import io.triport.identity.session.SessionSettings;
import io.triport.identity.signed.SignedRequestPlan;
import io.triport.identity.signed.SignedSettings;
import io.triport.identity.urltoken.UrlTokenPlan;
import io.triport.identity.urltoken.UrlTokenSettings;
import io.triport.identity.urltoken.UrlTokens;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads a mechanism by its type. */
final class MechanismReader {
    private static final String PUBLIC = "public";
    private static final String BEARER = "Bearer realm=\"gateway\"";

    /** What a type makes of its section. */
    private record Read(PlannedMechanism planned, Trace trace) {}

    /** Reads the settings of one type under the name that routes use. */
    private interface Type {
        Read read(MechanismName name, Section section);
    }

    private final Map<String, Type> types;

    /** @param transport how browsers reach us with sessions that begin elsewhere */
    MechanismReader(SessionSettings.Transport transport) {
        this.types = types(transport);
    }

    private static Map<String, Type> types(SessionSettings.Transport transport) {
        return new TreeMap<>(Map.of(
                AccessSettings.TYPE,
                (name, section) -> new Read(
                        new AccessPlan(AccessSettings.read(section)),
                        Trace.ofFields(BEARER, "cf-access-jwt-assertion").andCookies(Set.of("CF_Authorization"))),
                JwtSettings.TYPE,
                (name, section) -> jwt(JwtSettings.read(section)),
                FederationPlan.TYPE,
                (name, section) ->
                        new Read(new FederationPlan(name, FederationSettings.read(section)), Trace.ofFields(BEARER)),
                ApiKeySettings.TYPE,
                (name, section) ->
                        new Read(new ApiKeyPlan(ApiKeySettings.read(section)), Trace.ofFields(BEARER, "x-api-key")),
                SessionSettings.TYPE,
                (name, section) -> session(SessionSettings.read(section, transport)),
                OidcPlan.TYPE,
                (name, section) -> login(OidcPlan.read(section)),
                UrlTokenSettings.TYPE,
                (name, section) -> new Read(
                        new UrlTokenPlan(UrlTokenSettings.read(section)),
                        Trace.ofFields(challenge(UrlTokenSettings.TYPE))
                                .andParameters(Set.of(UrlTokens.PARAMETER))
                                .butOnce()),
                "hmac-request",
                (name, section) -> new Read(
                        new SignedRequestPlan(name, SignedSettings.read(section)),
                        Trace.ofFields(
                                        challenge("hmac-request"),
                                        "x-key-id",
                                        "x-timestamp",
                                        "x-nonce",
                                        "x-body-sha256",
                                        "x-signature",
                                        "signature",
                                        "signature-input")
                                .butOnce()),
                "mtls",
                (name, section) -> new Read(
                        new MtlsPlan(name, MtlsSettings.read(section)),
                        Trace.ofFields(challenge("mtls"), "x-forwarded-client-cert", "client-cert"))));
    }

    MechanismSettings read(Section section) {
        if (!section.name().matches("[a-z][a-z0-9-]{0,31}")) {
            throw section.error(section.name(), section.name(), "a name of 1..32 characters of a-z 0-9 -");
        }
        var words = PUBLIC + ", " + String.join(", ", types.keySet());
        var type = section.optional(
                        "type", Value.matching(words.replace(", ", "|"), "one of " + words), "What it verifies.")
                .orElseThrow(() -> section.error("type", "missing", "one of " + words));
        var reader = types.get(type);
        if (reader == null) {
            return new MechanismSettings(section.name(), type, MechanismName.PUBLIC, new Plan.Everybody(), Trace.NONE);
        }
        var name = new MechanismName(section.name());
        if (name.equals(MechanismName.PUBLIC) || name.equals(MechanismName.SYSTEM)) {
            throw section.error(
                    section.name(), section.name(), "another name, since this one has a meaning of its own");
        }
        var read = reader.read(name, section);
        return new MechanismSettings(section.name(), type, name, new Plan.Made(read.planned()), read.trace());
    }

    private static Read jwt(JwtSettings settings) {
        var fields = new HashSet<>(
                settings.binding() instanceof TokenBinding.Certificate(CertificateSource.Forwarded forwarded)
                        ? forwarded.form().headers()
                        : List.<String>of());
        var cookies = new HashSet<String>();
        var parameters = new HashSet<String>();
        for (var place : settings.places()) {
            switch (place) {
                case TokenPlace.Bearer bearer -> {} // Authorization has a rule of its own
                case TokenPlace.Header(var name) -> fields.add(name);
                case TokenPlace.Cookie(var name) -> cookies.add(name);
                case TokenPlace.Query(var name) -> parameters.add(name);
            }
        }
        return new Read(new JwtPlan(settings), new Trace(fields, cookies, parameters, Set.of(), BEARER, false));
    }

    private static Read session(SessionSettings settings) {
        return new Read(
                new SessionPlan(settings),
                Trace.ofFields(challenge(SessionSettings.TYPE))
                        .andCookies(settings.transport().cookies()));
    }

    private static Read login(OidcPlan plan) {
        return new Read(
                plan,
                Trace.ofFields(challenge(OidcPlan.TYPE))
                        .andCookies(plan.cookies())
                        .andPaths(plan.paths().all()));
    }

    /** What has no scheme of its own in the registry is challenged by the name of its type: every 401 has a challenge. */
    private static String challenge(String type) {
        return type + " realm=\"gateway\"";
    }
}
