package io.triport.manager.cloudflare.r2;

import io.micronaut.context.annotation.Requires;
import io.triport.domain.identity.Secret;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.AuditEntry;
import io.triport.domain.table.AuditPlace;
import io.triport.domain.table.JsonText;
import io.triport.domain.time.Randomness;
import io.triport.identity.stream.StreamReply;
import io.triport.identity.sts.SessionMint;
import io.triport.identity.sts.StsAnswer;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import io.triport.manager.answer.Problem;
import io.triport.manager.cloudflare.Account;
import io.triport.manager.cloudflare.Envelope;
import io.triport.manager.route.Author;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Temporary credentials by Cloudflare's API, for admins alone. They are sessions of an object proxy, made without asking it; the
 * buckets are its own.
 */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class TemporaryCredentialApi implements Routes {
    private static final String ALL = Envelope.BASE + "accounts/{account}/r2/temp-access-credentials";

    private final Account account;
    private final LentKeys lent;
    private final Storage storage;
    private final Clock clock;
    private final @Nullable SessionMint mint;

    TemporaryCredentialApi(Account account, LentKeys lent, Storage storage, Clock clock, Randomness randomness) {
        this.account = account;
        this.lent = lent;
        this.storage = storage;
        this.clock = clock;
        this.mint = lent.ring() == null ? null : new SessionMint(lent.ring(), clock, randomness);
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.post(ALL, this::create));
    }

    /** The only answer that has the secret and the token. */
    private StreamReply create(Call call) {
        account.require(call.variable("account"));
        call.caller().requireAdmin();
        if (mint == null) {
            throw Problem.UNSUPPORTED.refused(
                    "Temporary credentials need triport.manager.object-proxy in the configuration");
        }
        BucketShelf.requireDefault(call);
        var asked = AskedCredentials.read(new Fields(call.json()));
        if (!lent.include(asked.parent())) {
            throw Problem.FORBIDDEN.refused("triport.manager.object-proxy.parents does not have this access key");
        }
        var made = mint.mint(asked.parent(), asked.permissions(), asked.length());
        call.effect().withhold();
        var author = Author.of(call, AuditEntry.Source.CLOUDFLARE_API);
        author.together(
                storage,
                unit -> author.tell(
                        unit, "create_temp_credentials", AuditPlace.NONE, clock.instant(), details(asked, made)));
        return Envelope.ok(Json.object()
                .put("accessKeyId", made.id().text())
                .put("secretAccessKey", text(made.secret()))
                .put("sessionToken", made.token()));
    }

    private static String text(Secret secret) {
        return secret.use(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** With the id by which the object proxy can take them back. */
    private static JsonText details(AskedCredentials asked, StsAnswer.Credentials made) {
        var details = Json.object()
                .put("access_key_id", made.id().text())
                .put("parent", asked.parent().text())
                .put("bucket", asked.bucket().text())
                .put("permission", asked.reach().text())
                .put("objects", asked.objects().size())
                .put("prefixes", asked.prefixes().size())
                .put("expires_at", Moments.text(made.expiresAt()));
        return new JsonText(details.toString());
    }
}
