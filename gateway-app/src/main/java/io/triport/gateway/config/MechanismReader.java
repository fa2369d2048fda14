package io.triport.gateway.config;

import io.triport.domain.identity.MechanismName;
import io.triport.identity.PlannedMechanism;
import io.triport.identity.apikey.ApiKeyPlan;
import io.triport.identity.apikey.ApiKeySettings;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import io.triport.identity.jwt.JwtPlan;
import io.triport.identity.jwt.JwtSettings;
import io.triport.identity.mtls.MtlsPlan;
import io.triport.identity.mtls.MtlsSettings;
import io.triport.identity.session.SessionPlan;
import io.triport.identity.session.SessionSettings;
import io.triport.identity.signed.SignedRequestPlan;
import io.triport.identity.signed.SignedSettings;
import io.triport.identity.urltoken.UrlTokenPlan;
import io.triport.identity.urltoken.UrlTokenSettings;
import java.util.Map;
import java.util.TreeMap;

/** Reads a mechanism by its type. */
final class MechanismReader {
    /** Reads the settings of one type under the name that routes use. */
    interface Type {
        PlannedMechanism plan(MechanismName name, Section section);
    }

    private static final String PUBLIC = "public";

    private final Map<String, Type> types = new TreeMap<>(Map.of(
            "jwt", (name, section) -> new JwtPlan(JwtSettings.read(section)),
            "api-key", (name, section) -> new ApiKeyPlan(ApiKeySettings.read(section)),
            "mtls", (name, section) -> new MtlsPlan(name, MtlsSettings.read(section)),
            "hmac-request", (name, section) -> new SignedRequestPlan(name, SignedSettings.read(section)),
            "session", (name, section) -> new SessionPlan(SessionSettings.read(section, SessionSettings.Transport.TLS)),
            "url-token", (name, section) -> new UrlTokenPlan(UrlTokenSettings.read(section))));

    MechanismSettings read(Section section) {
        if (!section.name().matches("[a-z][a-z0-9-]{0,31}")) {
            throw section.error(section.name(), section.name(), "a name of 1..32 characters of a-z 0-9 -");
        }
        var words = PUBLIC + "|" + String.join("|", types.keySet());
        var type = section.optional("type", Value.matching(words, words.replace("|", ", ")), "What it verifies.")
                .orElseThrow(() -> section.error("type", "missing", words.replace("|", ", ")));
        if (type.equals(PUBLIC)) {
            return new MechanismSettings(
                    section.name(), type, MechanismName.PUBLIC, new MechanismSettings.Plan.Everybody());
        }
        var name = new MechanismName(section.name());
        if (name.equals(MechanismName.PUBLIC) || name.equals(MechanismName.SYSTEM)) {
            throw section.error(
                    section.name(), section.name(), "another name, since this one has a meaning of its own");
        }
        var reader = types.get(type);
        if (reader == null) {
            throw new IllegalStateException("type: " + type);
        }
        return new MechanismSettings(
                section.name(), type, name, new MechanismSettings.Plan.Made(reader.plan(name, section)));
    }
}
