package io.triport.identity.workload;

import io.triport.domain.request.InvalidInput;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Which credentials we want. @param targets by the name that the rest of the program uses */
public record WorkloadSettings(Map<String, WorkloadTarget> targets) {
    private static final Duration SHORTEST = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofHours(12);
    private static final String GOOGLE = "https://sts.googleapis.com/v1/token";
    private static final String ACCOUNTS = "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/";

    private enum Cloud {
        AWS,
        GOOGLE
    }

    public WorkloadSettings {
        targets = Map.copyOf(targets);
    }

    /** Reads one target per key. */
    public static WorkloadSettings read(Section section) {
        return new WorkloadSettings(section.each(WorkloadSettings::target));
    }

    private static WorkloadTarget target(Section section) {
        var cloud = section.optional("cloud", Value.oneOf(Cloud.values()), "Whose service takes our token.")
                .orElseThrow(() -> section.error("cloud", "missing", "aws or google"));
        var subject = section.optional("subject", Value.TEXT, "What our token calls us.")
                .orElseThrow(() -> section.error("subject", "missing", "what the other side's policy expects"));
        try {
            return new WorkloadTarget(subject, cloud == Cloud.AWS ? aws(section) : google(section));
        } catch (InvalidInput e) {
            throw section.error(e.field(), "(these settings)", String.valueOf(e.getMessage()));
        }
    }

    private static Exchange aws(Section section) {
        var role = needed(section, "role", "The role's ARN.");
        var endpoint = needed(section, "endpoint", "Of the region, such as https://sts.eu-central-1.amazonaws.com.");
        return new Exchange.Aws(
                uri(section, "endpoint", endpoint),
                section.value("audience", Value.TEXT, "sts.amazonaws.com", "The audience of our token."),
                role,
                section.value("session", Value.TEXT, "triport", "The session's name in the cloud's records."),
                section.value("life", Value.duration(SHORTEST, LONGEST), "1h", "How long a credential shall hold."),
                section.value("policy", Value.TEXT, "", "A policy in JSON that narrows the role."));
    }

    private static Exchange google(Section section) {
        var endpoint =
                uri(section, "endpoint", section.value("endpoint", Value.TEXT, GOOGLE, "The security token service."));
        var audience = needed(section, "audience", "The workload identity provider's full name.");
        var scopes = section.list("scopes", Value.TEXT, "The scopes of the access token.");
        var account = section.value(
                "account",
                Value.matching("|[a-zA-Z0-9.@-]+", "an account's address of mail"),
                "",
                "The service account whose access token is wanted.");
        var impersonation = section.value(
                "impersonation",
                Value.TEXT,
                ACCOUNTS + account + ":generateAccessToken",
                "generateAccessToken of the account.");
        return new Exchange.Google(
                endpoint,
                audience,
                scopes,
                account.isEmpty() ? endpoint : uri(section, "impersonation", impersonation),
                section.value("life", Value.duration(SHORTEST, LONGEST), "1h", "How long a credential shall hold."));
    }

    private static String needed(Section section, String name, String about) {
        return section.optional(name, Value.TEXT, about).orElseThrow(() -> section.error(name, "missing", about));
    }

    private static URI uri(Section section, String name, String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw section.error(name, text, "a URL");
        }
    }
}
