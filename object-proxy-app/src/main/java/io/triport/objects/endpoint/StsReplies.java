package io.triport.objects.endpoint;

import io.triport.domain.request.Fetch;
import io.triport.identity.stream.StreamReply;
import io.triport.identity.sts.StsAnswer;
import io.triport.identity.sts.StsDocument;
import io.triport.identity.sts.StsProblem;
import io.triport.objects.serve.Replies;

/** Answers of STS on the wire. */
final class StsReplies {
    static final StsProblem UNAVAILABLE =
            new StsProblem(StsProblem.Code.UNAVAILABLE, "The service is not able to answer now");

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int WRONG_METHOD = 405;
    private static final int TOO_MANY = 429;
    private static final int AWAY = 503;

    private StsReplies() {}

    /** What is in it must not be kept by anybody in between. */
    static StreamReply of(Fetch fetch, StsAnswer answer) {
        var reply = StreamReply.of(status(answer), "text/xml", StsDocument.of(answer, fetch.id()))
                .with("Cache-Control", "no-store")
                .with("x-amzn-RequestId", fetch.id().text());
        return Replies.marked(reply, fetch);
    }

    static StreamReply wrongMethod(Fetch fetch) {
        return Replies.marked(StreamReply.of(WRONG_METHOD).with("Allow", "GET, POST"), fetch);
    }

    static int status(StsAnswer answer) {
        return answer instanceof StsAnswer.Refused(var problem)
                ? switch (problem.code()) {
                    case MISSING_PARAMETER,
                            INVALID_PARAMETER_VALUE,
                            VALIDATION_ERROR,
                            INVALID_ACTION,
                            INVALID_IDENTITY_TOKEN,
                            EXPIRED_TOKEN,
                            PROVIDER_UNREACHABLE,
                            MALFORMED_POLICY,
                            POLICY_TOO_LARGE,
                            MALFORMED_SIGNATURE -> BAD_REQUEST;
                    case ACCESS_DENIED, SIGNATURE, UNKNOWN_KEY, KEY_EXPIRED -> FORBIDDEN;
                    case THROTTLED -> TOO_MANY;
                    case UNAVAILABLE -> AWAY;
                }
                : OK;
    }
}
