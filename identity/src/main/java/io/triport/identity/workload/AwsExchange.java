package io.triport.identity.workload;

import io.triport.domain.identity.Secret;
import io.triport.domain.identity.WorkloadCredential;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;

/** One call of AssumeRoleWithWebIdentity. */
record AwsExchange(Exchange.Aws settings, StsClient client) {
    private static final String VERSION = "2011-06-15";
    private static final String CREDENTIALS =
            "AssumeRoleWithWebIdentityResponse/AssumeRoleWithWebIdentityResult/Credentials/";
    private static final int OK = 200;

    WorkloadCredential with(String token) {
        var form = new LinkedHashMap<String, String>();
        form.put("Action", "AssumeRoleWithWebIdentity");
        form.put("Version", VERSION);
        form.put("RoleArn", settings.roleArn());
        form.put("RoleSessionName", settings.sessionName());
        form.put("WebIdentityToken", token);
        form.put("DurationSeconds", Long.toString(settings.life().toSeconds()));
        if (!settings.policy().isEmpty()) {
            form.put("Policy", settings.policy());
        }
        var answer = client.postForm(settings.endpoint(), form);
        var xml = StsXml.parse(answer.body());
        if (answer.status() != OK) {
            throw new ExchangeFailed("status " + answer.status() + " " + code(xml), code(xml));
        }
        return new WorkloadCredential.SigningKey(
                text(xml, "AccessKeyId"),
                Secret.of(text(xml, "SecretAccessKey")),
                Secret.of(text(xml, "SessionToken")),
                expiry(text(xml, "Expiration")));
    }

    private Instant expiry(String text) {
        try {
            var expiry = Instant.parse(text);
            if (expiry.isAfter(client.clock().instant())) {
                return expiry;
            }
        } catch (DateTimeException e) {
            throw new ExchangeFailed("an answer whose end is no time");
        }
        throw new ExchangeFailed("an answer that has ended");
    }

    private static String text(StsXml xml, String name) {
        return xml.find(CREDENTIALS + name).orElseThrow(() -> new ExchangeFailed("an answer without " + name));
    }

    /** Nothing else of a refusal is repeated: it may quote the token. */
    private static String code(StsXml xml) {
        return xml.find("ErrorResponse/Error/Code")
                .filter(code -> code.matches("[A-Za-z0-9.]{1,64}"))
                .orElse("");
    }
}
