package io.triport.objects.admin;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.IdentityStateUnavailable;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.connection.EdgeAnswer;
import io.triport.identity.launch.ManagementPart;
import io.triport.objects.stored.Document;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The REST API: who asks is judged first, then the path, then the rest. Safe for many threads. */
public final class AdminApi implements ManagementPart {
    private static final Logger LOG = LoggerFactory.getLogger(AdminApi.class);
    private static final Logger AUDIT = LoggerFactory.getLogger("triport.audit");
    private static final String READING = "GET";

    private final Administrators administrators;
    private final Shelves shelves;
    private final SessionsPage sessions;
    private final UsagePage usage;

    public AdminApi(Administrators administrators, Shelves shelves, SessionsPage sessions, UsagePage usage) {
        this.administrators = administrators;
        this.shelves = shelves;
        this.sessions = sessions;
        this.usage = usage;
    }

    @Override
    public String below() {
        return AdminPath.BELOW;
    }

    @Override
    public EdgeAnswer answer(Fetch fetch) {
        Grant grant = null;
        EdgeAnswer answer;
        try {
            grant = administrators.admit(fetch);
            answer = done(fetch);
        } catch (AdminRefused e) {
            answer = problem(fetch, e);
        } catch (InvalidInput e) {
            answer = problem(fetch, AdminProblem.BAD_REQUEST.refused(e.field() + ": " + e.expectation()));
        } catch (IdentityStateUnavailable | StorageFailure.Unavailable e) {
            LOG.warn("request={} the store does not answer", fetch.id(), e);
            answer = problem(fetch, AdminProblem.UNAVAILABLE.refused()).with("Retry-After", "1");
        } catch (RuntimeException e) {
            LOG.error("request={} failed", fetch.id(), e);
            answer = problem(fetch, AdminProblem.FAILED.refused());
        } finally {
            if (grant != null) {
                grant.close();
            }
        }
        audit(fetch, grant, answer);
        return answer.with("x-request-id", fetch.id().text());
    }

    private EdgeAnswer done(Fetch fetch) {
        return switch (AdminPath.parse(fetch.target().path())) {
            case AdminPath.All(var kind) ->
                switch (fetch.method().text()) {
                    case READING -> shelves.list(kind, fetch);
                    case "POST" -> shelves.add(kind, fetch);
                    default -> throw wrongMethod("GET, POST");
                };
            case AdminPath.One one ->
                switch (fetch.method().text()) {
                    case READING -> shelves.show(one);
                    case "PUT" -> shelves.replace(one, fetch);
                    case "DELETE" -> shelves.remove(one, fetch);
                    default -> throw wrongMethod("GET, PUT, DELETE");
                };
            case AdminPath.Sessions(var role) -> {
                require("POST", fetch);
                yield sessions.endAll(role);
            }
            case AdminPath.Revocations revocations -> {
                require("POST", fetch);
                yield sessions.end(fetch);
            }
            case AdminPath.Usages all -> {
                require(READING, fetch);
                yield usage.list(fetch);
            }
            case AdminPath.UsageOf(var bucket) -> {
                require(READING, fetch);
                yield usage.list(bucket, fetch);
            }
        };
    }

    private static void require(String method, Fetch fetch) {
        if (!fetch.method().text().equals(method)) {
            throw wrongMethod(method);
        }
    }

    private static AdminRefused wrongMethod(String allowed) {
        return AdminProblem.METHOD_NOT_ALLOWED.refused(allowed);
    }

    private static EdgeAnswer problem(Fetch fetch, AdminRefused refused) {
        var problem = refused.problem();
        var document = Document.empty()
                .with("type", "about:blank")
                .with("title", problem.title())
                .withNumber("status", problem.status())
                .with("code", problem.code())
                .with("requestId", fetch.id().text());
        var whole = refused.detail().isEmpty() ? document : document.with("detail", refused.detail());
        return switch (problem) {
            case METHOD_NOT_ALLOWED -> page(problem.status(), whole, true).with("Allow", refused.detail());
            case UNAUTHENTICATED -> page(problem.status(), whole, true).with("WWW-Authenticate", "AWS4-HMAC-SHA256");
            default -> page(problem.status(), whole, true);
        };
    }

    private static EdgeAnswer page(int status, Document document, boolean problem) {
        var type = problem ? "application/problem+json" : "application/json";
        return new EdgeAnswer(status, type, Bytes.utf8(document.json() + "\n"), Map.of());
    }

    static EdgeAnswer page(int status, Document document) {
        return page(status, document, false);
    }

    static EdgeAnswer nothing() {
        return new EdgeAnswer(204, "application/json", Bytes.EMPTY, Map.of());
    }

    /** One line for each change and for each request that was refused for who sent it. Bodies are never in it. */
    private static void audit(Fetch fetch, @Nullable Grant grant, EdgeAnswer answer) {
        var denied = grant == null;
        if (!denied && fetch.method().text().equals(READING)) {
            return;
        }
        var line = AUDIT.atInfo()
                .addKeyValue("request", fetch.id())
                .addKeyValue("operation", "admin " + fetch.method().text())
                .addKeyValue("path", fetch.target().path())
                .addKeyValue("status", answer.status())
                .addKeyValue("peer", fetch.peer().address().getHostAddress());
        if (grant != null) {
            line = line.addKeyValue("principal", grant.principal().id())
                    .addKeyValue("credential", grant.principal().credential());
        }
        var made = answer.headers().get("Location");
        line = made == null ? line : line.addKeyValue("made", made);
        line.log(denied ? "denied" : answer.status() < 300 ? "changed" : "not changed");
    }

    /** @throws AdminRefused where it is not one object of JSON */
    static Document body(Fetch fetch) {
        return Bodies.read(fetch.body().buffered());
    }

    static List<String> tags(Fetch fetch) {
        return fetch.headers().all("if-match");
    }
}
