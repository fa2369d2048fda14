package io.triport.identity.workload;

import io.triport.domain.identity.WorkloadCredential;
import io.triport.domain.request.InvalidInput;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Where a token of ours is exchanged, and for what. */
public sealed interface Exchange {
    /** The service that takes our token. */
    URI endpoint();

    /** Whom the token names as its audience. */
    String audience();

    /** What beside endpoint and subject makes one credential another. */
    String purpose();

    /**
     * Exchanges once.
     *
     * @throws ExchangeFailed when the answer is not a credential, or there is none
     */
    WorkloadCredential exchange(String token, StsClient client);

    /**
     * AssumeRoleWithWebIdentity (AWS Security Token Service API Reference).
     *
     * @param sessionName 2 to 64 characters of {@code \w + = , . @ -}
     * @param life 900 s to 43 200 s
     * @param policy narrows the role further; empty for none
     */
    record Aws(URI endpoint, String audience, String roleArn, String sessionName, Duration life, String policy)
            implements Exchange {
        public Aws {
            check(endpoint);
            if (!roleArn.matches("arn:[a-z0-9-]+:iam::[0-9]{12}:role/[\\w+=,.@/-]{1,512}")) {
                throw new InvalidInput("role", "arn:aws:iam::<account>:role/<name>");
            }
            if (!sessionName.matches("[\\w+=,.@-]{2,64}")) {
                throw new InvalidInput("session", "2..64 characters of \\w + = , . @ -");
            }
            if (life.toSeconds() < 900 || life.toSeconds() > 43_200) {
                throw new InvalidInput("life", "900s..12h");
            }
        }

        @Override
        public String purpose() {
            return String.join("\n", roleArn, sessionName, life.toString(), policy);
        }

        @Override
        public WorkloadCredential exchange(String token, StsClient client) {
            return new AwsExchange(this, client).with(token);
        }
    }

    /**
     * Token exchange (RFC 8693) with Google's Security Token Service, and then, if an account is named, its access token
     * (IAM Credentials API, generateAccessToken).
     *
     * @param audience the workload identity provider, {@code //iam.googleapis.com/projects/...}
     * @param scopes one or more
     * @param impersonation URL of generateAccessToken of the account; the endpoint itself for none
     */
    record Google(URI endpoint, String audience, List<String> scopes, URI impersonation, Duration life)
            implements Exchange {
        private static final Set<String> WRONG = Set.of("");

        public Google {
            scopes = List.copyOf(scopes);
            check(endpoint);
            check(impersonation);
            if (scopes.isEmpty() || scopes.stream().anyMatch(WRONG::contains)) {
                throw new InvalidInput("scopes", "1 or more");
            }
            if (life.toSeconds() < 300 || life.toSeconds() > 43_200) {
                throw new InvalidInput("life", "300s..12h");
            }
        }

        boolean impersonates() {
            return !impersonation.equals(endpoint);
        }

        @Override
        public String purpose() {
            return String.join("\n", audience, String.join(" ", scopes), impersonation.toString(), life.toString());
        }

        @Override
        public WorkloadCredential exchange(String token, StsClient client) {
            return new GoogleExchange(this, client).with(token);
        }
    }

    /** A token must not travel where others can read it. */
    private static void check(URI url) {
        var loopback = Set.of("127.0.0.1", "[::1]").contains(String.valueOf(url.getHost()));
        var allowed = "https".equals(url.getScheme()) || ("http".equals(url.getScheme()) && loopback);
        if (!allowed || url.getHost() == null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
            throw new InvalidInput("endpoint", "an https URL, or http to loopback");
        }
    }
}
