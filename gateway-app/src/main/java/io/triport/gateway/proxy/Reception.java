package io.triport.gateway.proxy;

import io.netty.channel.EventLoop;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.Refusal;
import io.triport.domain.request.Fetch;
import io.triport.gateway.problem.Problem;
import io.triport.identity.page.Invitation;
import io.triport.identity.page.OwnPages;
import io.triport.identity.page.PageAnswer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has identity answer a request itself: with a page of its own, or with the way to a login. Confined to an event loop. */
final class Reception {
    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);
    private static final Fields SOON = Fields.retryAfter(Duration.ofSeconds(1));
    private static final int BAD_REQUEST = 400;

    private final ClientRequest request;
    private final RequestBody body;
    private final Services services;
    private final EventLoop loop;
    private final Entrance.Visitor visitor;
    private @Nullable OwnPages shown;
    private @Nullable Fetch asked;
    private String reason = "";
    private boolean closed;

    Reception(ClientRequest request, RequestBody body, Services services, EventLoop loop, Entrance.Visitor visitor) {
        this.request = request;
        this.body = body;
        this.services = services;
        this.loop = loop;
        this.visitor = visitor;
    }

    /** Answers a request for one of the paths. */
    void show(OwnPages pages) {
        shown = pages;
        var wait = pages.verifier().isPresent() ? services.failures().wait(request.address()) : Duration.ZERO;
        if (wait.isPositive()) {
            services.log().limited(request.id(), "rejected-credentials");
            visitor.refused(Problem.TOO_MANY_FAILURES, Fields.retryAfter(wait));
        } else if (request.declaredLength() > OwnPages.LONGEST_BODY.bytes()) {
            visitor.refused(Problem.BODY_TOO_LARGE, Fields.NONE);
        } else {
            visitor.collect(() -> {
                var whole = request.bind(services.binder(), body.content());
                asked = whole;
                if (pages.quick()) {
                    answered(pages.answer(whole, services.clock().instant()), null);
                } else {
                    ask(() -> pages.answer(whole, services.clock().instant()), null);
                }
            });
        }
    }

    /** Answers what would be refused. @param instead what it stands for */
    void invite(Invitation invitation, Fetch shown, Problem instead) {
        ask(() -> invitation.invite(shown, services.clock().instant()), instead);
    }

    private void ask(Supplier<PageAnswer> question, @Nullable Problem instead) {
        try {
            services.judging().execute(() -> {
                try {
                    var answer = question.get();
                    later(() -> answered(answer, instead));
                } catch (RuntimeException e) {
                    LOG.error("identity could not answer", e);
                    later(() -> visitor.refused(Problem.INTERNAL, Fields.NONE));
                }
            });
        } catch (RejectedExecutionException e) {
            visitor.refused(Problem.IDENTITY_UNAVAILABLE, SOON);
        }
    }

    private void later(Runnable then) {
        loop.execute(() -> {
            if (!closed) {
                then.run();
            }
        });
    }

    private void answered(PageAnswer answer, @Nullable Problem instead) {
        switch (answer) {
            case PageAnswer.Refused refused -> {
                if (refused.reason().badCredential()) {
                    services.failures().failed(request.address());
                }
                tell(refused.reason());
                var known = Problem.of(refused.reason());
                reason = known.code();
                visitor.refused(refused.status() == BAD_REQUEST ? Problem.BAD_REQUEST : known, fields(refused));
            }
            case PageAnswer.OtherMethod other -> visitor.refused(Problem.METHOD_NOT_ALLOWED, fields(other));
            case PageAnswer.Unavailable away -> visitor.refused(Problem.IDENTITY_UNAVAILABLE, fields(away));
            case PageAnswer.Redirect redirect -> visitor.answered(redirect, instead);
            case PageAnswer.Done done -> visitor.answered(done, instead);
            case PageAnswer.Document document -> visitor.answered(document, instead);
        }
    }

    private void tell(Reason why) {
        if (shown != null && asked != null && shown.verifier().isPresent()) {
            var mechanism = shown.verifier().get();
            services.log().refused(asked, new Refusal(why, mechanism, List.of(mechanism), Duration.ZERO));
        }
    }

    /** The fields of an answer, several of one name each by itself. */
    static Fields fields(PageAnswer answer) {
        return response -> {
            for (var field : answer.fields()) {
                if (field.name().equals("Set-Cookie")) {
                    response.add(field.name(), field.value());
                } else {
                    response.set(field.name(), field.value());
                }
            }
        };
    }

    /** The code of why a page has refused; empty where none has. */
    String reason() {
        return reason;
    }

    /** Nothing is told any more. */
    void close() {
        closed = true;
    }
}
