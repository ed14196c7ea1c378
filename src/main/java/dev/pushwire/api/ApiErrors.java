package dev.pushwire.api;

import dev.pushwire.problem.CommonProblems;
import dev.pushwire.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Answers every error that Spring finds, and every {@link Problems problem} of the API, as
 * {@code application/problem+json} (RFC 9457), whatever the request accepts. Texts are constants: they repeat nothing
 * of the request. An application may make this an advice for all of its paths, as the service does.
 */
public class ApiErrors extends ResponseEntityExceptionHandler {
    @Override
    protected @Nullable ResponseEntity<Object> handleErrorResponseException(
            ErrorResponseException problem, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(problem.getBody(), headers, request);
    }

    /** Answers errors that Spring finds by itself: no such path, another method, a missing parameter. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception problem, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(CommonProblems.of(status.value()), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException missing,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return answer(
                Problems.parameter(missing.getParameterName(), "is missing").getBody(), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException wrong, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String name = String.valueOf(wrong.getPropertyName());
        return answer(Problems.parameter(name, "is not of the type expected").getBody(), headers, request);
    }

    private static @Nullable ResponseEntity<Object> answer(
            ProblemDetail problem, HttpHeaders headers, WebRequest request) {
        ServletWebRequest exchange = (ServletWebRequest) request;
        answer(problem, headers, exchange.getRequest(), Objects.requireNonNull(exchange.getResponse()));
        return null; // the answer is written already
    }

    static void answer(
            ProblemDetail problem, HttpHeaders headers, HttpServletRequest request, HttpServletResponse response) {
        headers.forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        problem.setInstance(URI.create(request.getRequestURI()));
        try {
            ProblemWriter.write(problem, response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
