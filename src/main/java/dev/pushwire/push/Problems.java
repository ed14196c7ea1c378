package dev.pushwire.push;

import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.TopicName;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * Every error that the HTTP API answers with (RFC 9457). The texts are constants of the service: nothing of the request
 * is repeated in them.
 */
final class Problems {
    private Problems() {}

    static ErrorResponseException invalidTopicName() {
        return problem(HttpStatus.BAD_REQUEST, "Invalid topic name", TopicName.RULE);
    }

    static ErrorResponseException notUtf8() {
        return problem(
                HttpStatus.BAD_REQUEST,
                "Text is not UTF-8",
                "A text message must be valid UTF-8. Send other bytes with 'Content-Type: application/octet-stream'.");
    }

    static ErrorResponseException incompleteBody() {
        return problem(HttpStatus.BAD_REQUEST, "Incomplete body", "The request's body could not be read to its end.");
    }

    static ErrorResponseException tooLarge(int limit) {
        return problem(HttpStatus.CONTENT_TOO_LARGE, "Message too large", "A message has at most " + limit + " bytes.");
    }

    static ErrorResponseException invalidIdempotencyKey() {
        return problem(
                HttpStatus.BAD_REQUEST,
                "Invalid idempotency key",
                "An Idempotency-Key has 1 to " + PublishOptions.MAX_KEY_LENGTH + " characters.");
    }

    static ErrorResponseException unavailable() {
        ErrorResponseException unavailable = problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "Topics are unavailable",
                "The broker cannot be reached. Whether the publication was made is not known: try again with the same"
                        + " Idempotency-Key.");
        unavailable.getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
        return unavailable;
    }

    static ErrorResponseException keyMissing() {
        return unauthorized(
                "Bearer realm=\"publish\"",
                "Publish key missing",
                "Send 'Authorization: Bearer <key>' with one of the keys in pushwire.publish.keys.");
    }

    static ErrorResponseException keyUnknown() {
        return unauthorized(
                "Bearer realm=\"publish\", error=\"invalid_token\"",
                "Publish key unknown",
                "The key sent is none of those in pushwire.publish.keys.");
    }

    static ErrorResponseException notLocal() {
        return problem(
                HttpStatus.FORBIDDEN,
                "Publishing is local only",
                "No publish key is configured: only programs on this machine and pages of this service opened on it may"
                        + " publish, and not through a proxy. To publish from elsewhere, set pushwire.publish.keys and"
                        + " send one of them as 'Authorization: Bearer <key>'.");
    }

    private static ErrorResponseException unauthorized(String challenge, String title, String detail) {
        ErrorResponseException unauthorized = problem(HttpStatus.UNAUTHORIZED, title, detail);
        unauthorized.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, challenge);
        return unauthorized;
    }

    private static ErrorResponseException problem(HttpStatus status, String title, String detail) {
        ProblemDetail body = ProblemDetail.forStatusAndDetail(status, detail);
        body.setTitle(title);
        return new ErrorResponseException(status, body, null);
    }
}
