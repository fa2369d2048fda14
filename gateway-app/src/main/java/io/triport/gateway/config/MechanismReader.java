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
import io.triport.identity.jwt.JwtPlan;
import io.triport.identity.jwt.JwtSettings;
import io.triport.identity.jwt.TokenPlace;
import io.triport.identity.mtls.MtlsPlan;
import io.triport.identity.mtls.MtlsSettings;
import io.triport.identity.session.SessionPlan;
import io.triport.identity.session.SessionSettings;
import io.triport.identity.signed.SignedRequestPlan;
import io.triport.identity.signed.SignedSettings;
import io.triport.identity.urltoken.UrlTokenPlan;
import io.triport.identity.urltoken.UrlTokenSettings;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads a mechanism by its type. */
final class MechanismReader {
    private static final String PUBLIC = "public";
    private static final String BEARER = "Bearer realm=\"gateway\"";
    private static final Trace NONE = new Trace(Set.of(), Set.of(), "", false);

    /** What a type makes of its section. */
    private record Read(PlannedMechanism planned, Trace trace) {}

    /** Reads the settings of one type under the name that routes use. */
    private interface Type {
        Read read(MechanismName name, Section section);
    }

    private static final Map<String, Type> TYPES = new TreeMap<>(Map.of(
            AccessSettings.TYPE,
            (name, section) -> new Read(
                    new AccessPlan(AccessSettings.read(section)),
                    new Trace(Set.of("cf-access-jwt-assertion"), Set.of("CF_Authorization"), BEARER, false)),
            JwtSettings.TYPE,
            (name, section) -> jwt(JwtSettings.read(section)),
            ApiKeySettings.TYPE,
            (name, section) -> new Read(
                    new ApiKeyPlan(ApiKeySettings.read(section)),
                    new Trace(Set.of("x-api-key"), Set.of(), BEARER, false)),
            SessionSettings.TYPE,
            (name, section) -> session(SessionSettings.read(section, SessionSettings.Transport.TLS)),
            UrlTokenSettings.TYPE,
            (name, section) -> new Read(
                    new UrlTokenPlan(UrlTokenSettings.read(section)),
                    new Trace(Set.of(), Set.of(), challenge(UrlTokenSettings.TYPE), true)),
            "hmac-request",
            (name, section) -> new Read(
                    new SignedRequestPlan(name, SignedSettings.read(section)),
                    new Trace(
                            Set.of(
                                    "x-key-id",
                                    "x-timestamp",
                                    "x-nonce",
                                    "x-body-sha256",
                                    "x-signature",
                                    "signature",
                                    "signature-input"),
                            Set.of(),
                            challenge("hmac-request"),
                            true)),
            "mtls",
            (name, section) -> new Read(
                    new MtlsPlan(name, MtlsSettings.read(section)),
                    new Trace(Set.of("x-forwarded-client-cert", "client-cert"), Set.of(), challenge("mtls"), false))));

    private MechanismReader() {}

    static MechanismSettings read(Section section) {
        if (!section.name().matches("[a-z][a-z0-9-]{0,31}")) {
            throw section.error(section.name(), section.name(), "a name of 1..32 characters of a-z 0-9 -");
        }
        var words = PUBLIC + ", " + String.join(", ", TYPES.keySet());
        var type = section.optional(
                        "type", Value.matching(words.replace(", ", "|"), "one of " + words), "What it verifies.")
                .orElseThrow(() -> section.error("type", "missing", "one of " + words));
        var reader = TYPES.get(type);
        if (reader == null) {
            return new MechanismSettings(section.name(), type, MechanismName.PUBLIC, new Plan.Everybody(), NONE);
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
        var fields = settings.places().stream()
                .filter(TokenPlace.Header.class::isInstance)
                .map(place -> ((TokenPlace.Header) place).name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        var cookies = settings.places().stream()
                .filter(TokenPlace.Cookie.class::isInstance)
                .map(place -> ((TokenPlace.Cookie) place).name())
                .collect(Collectors.toUnmodifiableSet());
        return new Read(new JwtPlan(settings), new Trace(fields, cookies, BEARER, false));
    }

    private static Read session(SessionSettings settings) {
        var cookies = Set.of("__Host-session", "__Host-csrf");
        return new Read(
                new SessionPlan(settings), new Trace(Set.of(), cookies, challenge(SessionSettings.TYPE), false));
    }

    /** What has no scheme of its own in the registry is challenged by the name of its type: every 401 has a challenge. */
    private static String challenge(String type) {
        return type + " realm=\"gateway\"";
    }
}
