package dev.pushwire.api;

import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.TopicName;
import dev.pushwire.json.JsonRule;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * Every error of the HTTP API (RFC 9457). The texts are constants of the service: they repeat nothing of the request.
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

    static ErrorResponseException messageTooLarge(int limit) {
        return problem(HttpStatus.CONTENT_TOO_LARGE, "Message too large", "A message has at most " + limit + " bytes.");
    }

    static ErrorResponseException bodyTooLarge(int limit) {
        return problem(
                HttpStatus.CONTENT_TOO_LARGE,
                "Body too large",
                "The body of this request has at most " + limit + " bytes.");
    }

    static ErrorResponseException invalidIdempotencyKey() {
        return problem(
                HttpStatus.BAD_REQUEST,
                "Invalid idempotency key",
                "An Idempotency-Key has 1 to " + PublishOptions.MAX_KEY_LENGTH + " characters.");
    }

    static ErrorResponseException unavailable() {
        return later(
                "Topics are unavailable",
                "The broker cannot be reached. Whether the publication was made is not known: try again with the same"
                        + " idempotency key.");
    }

    static ErrorResponseException socketsUnavailable() {
        return later(
                "Sockets are unavailable",
                "The broker cannot be reached. Whether the event was emitted is not known: clients that have it get it twice"
                        + " when it is emitted again.");
    }

    static ErrorResponseException keyMissing() {
        return unauthorized(
                "Bearer realm=\"pushwire\"",
                "Key missing",
                "Send 'Authorization: Bearer <key>' with one of the keys in pushwire.api.keys.");
    }

    static ErrorResponseException keyUnknown() {
        return unauthorized(
                "Bearer realm=\"pushwire\", error=\"invalid_token\"",
                "Key unknown",
                "The key sent is none of those in pushwire.api.keys.");
    }

    static ErrorResponseException severalCredentials() {
        return badRequest("Several credentials", "There must be at most one Authorization.");
    }

    static ErrorResponseException credentialsMissing() {
        return unauthorized(
                "Bearer realm=\"pushwire\"",
                "Credentials missing",
                "Send 'Authorization: Bearer <token>' with a JWT that this service accepts, or with one of the keys in"
                        + " pushwire.api.keys.");
    }

    static ErrorResponseException tokenRefused(String reason) {
        return unauthorized("Bearer realm=\"pushwire\", error=\"invalid_token\"", "Token refused", reason);
    }

    static ErrorResponseException tokenUncheckable(String reason) {
        return later("Token cannot be checked", reason);
    }

    static ErrorResponseException tokenMissing() {
        return unauthorized(
                "Bearer realm=\"pushwire\"",
                "Token missing",
                "A ticket stands for a token: send it as 'Authorization: Bearer <token>'. There is none for a key.");
    }

    static ErrorResponseException tooManyTickets() {
        ErrorResponseException many = problem(
                HttpStatus.TOO_MANY_REQUESTS,
                "Too many tickets",
                "There are as many tickets as may be that nobody has used yet. They are good for half a minute.");
        many.getHeaders().set(HttpHeaders.RETRY_AFTER, "5");
        return many;
    }

    static ErrorResponseException keyLacks(Scope scope) {
        return problem(
                HttpStatus.FORBIDDEN,
                notAllowed(scope),
                "The key has not the scope " + scope + ": its scopes are in pushwire.api.keys.");
    }

    static ErrorResponseException tokenLacks(Scope scope) {
        return problem(
                HttpStatus.FORBIDDEN,
                notAllowed(scope),
                switch (scope) {
                    case PUBLISH ->
                        "The token lists no such topic for publishing, nor has it the scope pushwire:publish.";
                    case READ -> "The token lists no such topic for subscribing, nor has it the scope pushwire:read.";
                    case ADMIN -> "The token has not the scope pushwire:admin.";
                });
    }

    private static String notAllowed(Scope scope) {
        return switch (scope) {
            case PUBLISH -> "Not allowed to publish";
            case READ -> "Not allowed to read";
            case ADMIN -> "Not allowed to administer";
        };
    }

    static ErrorResponseException noPresence() {
        return problem(
                HttpStatus.NOT_FOUND,
                "No presence",
                "This topic has no presence: its policy in pushwire.topics does not ask for it.");
    }

    static ErrorResponseException tooManyTopics() {
        return later(
                "Too many topics",
                "This instance has as many topics as it may have (pushwire.limits.topics), and all are in use. Nothing was"
                        + " published to this one.");
    }

    /**
     * The same problem in the middle of a request.
     *
     * @param made what was published before
     */
    static ErrorResponseException after(List<?> made, ErrorResponseException problem) {
        problem.getBody().setProperty("results", made);
        return problem;
    }

    static ErrorResponseException noSuchConnection() {
        return problem(HttpStatus.NOT_FOUND, "No such connection", "No open connection has that id.");
    }

    static ErrorResponseException nodesUnavailable() {
        return later(
                "Other nodes are unavailable",
                "The broker, through which nodes speak to each other, cannot be reached. Whether connections were closed or"
                        + " access was revoked is not known: try again, which does no harm.");
    }

    static ErrorResponseException nodeSilent() {
        return later("Node is silent", "The node that the connection is on does not answer: try again.");
    }

    static ErrorResponseException tooManyRevocations() {
        return later(
                "Too many revocations",
                "No more revocations can be remembered until older ones are forgotten"
                        + " (pushwire.access.revocation-retention).");
    }

    /** @param rule the rule, in a sentence */
    static ErrorResponseException badRequest(String title, String rule) {
        return problem(HttpStatus.BAD_REQUEST, title, rule);
    }

    /** @param name the name of a parameter of the API */
    static ErrorResponseException parameter(String name, String what) {
        return badRequest("Invalid parameter", "The parameter '" + name + "' " + what + ".");
    }

    static ErrorResponseException notJson(String rule) {
        return badRequest("Not the JSON expected", rule);
    }

    /**
     * The same problem, with the place in the request that is wrong.
     *
     * @param place names and numbers of the API, such as {@code topics[1]}
     */
    static ErrorResponseException at(String place, ErrorResponseException problem) {
        problem.getBody()
                .setDetail(
                        "It is wrong at '" + place + "'. " + problem.getBody().getDetail());
        return problem;
    }

    /** The body to be published is not the JSON that it claims to be. */
    static ErrorResponseException noJson() {
        return badRequest(
                "Not JSON",
                "The body is not the JSON that its Content-Type promises. " + JsonRule.SENTENCE
                        + " Send other text with 'Content-Type: text/plain'.");
    }

    static ErrorResponseException wrongContentType() {
        return problem(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                "Not JSON",
                "Send the body as JSON, with 'Content-Type: application/json'.");
    }

    private static ErrorResponseException later(String title, String detail) {
        ErrorResponseException unavailable = problem(HttpStatus.SERVICE_UNAVAILABLE, title, detail);
        unavailable.getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
        return unavailable;
    }

    static ErrorResponseException notLocal() {
        return problem(
                HttpStatus.FORBIDDEN,
                "Local callers only",
                "No key is configured: only programs on this machine and pages of this service opened on it may do this,"
                        + " and not through a proxy. To call from elsewhere, set pushwire.api.keys and send one of them as"
                        + " 'Authorization: Bearer <key>'.");
    }

    static ErrorResponseException pathParameters() {
        return badRequest(
                "Path parameters", "A path has no parameters here: a semicolon in it must be percent-encoded, as %3B.");
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
