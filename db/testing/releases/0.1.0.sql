-- {"release":"0.1.0","madeAt":"2026-11-22T05:29:33.373Z","revealKey":"vXCM3F2IDRRblCpf4EOPNg","sessionId":"dbbb1d1d-1d86-4a77-8352-1f62393fbfc9","secrets":{"Gateway":"tok_svc_MuOi3kmF36uaKR6S_WiJE5ZOZCNV9evdB6ysy9lbEj5O7yuzufeCN9bYWOBU1L1H9C","Known":"tok_org_yho85d8Pi00m82nf_bTsYHLWfhJ7T4XZZ5KbY38Mt8evCGwYKoj2YjMgT3TW2BpehE"}}
--
-- PostgreSQL database dump
--


-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: drizzle; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA drizzle;


--
-- Name: at_limit; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.at_limit AS ENUM (
    'refuse',
    'replace'
);


--
-- Name: delete_policy; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.delete_policy AS ENUM (
    'any',
    'revoked-only'
);


--
-- Name: link_purpose; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.link_purpose AS ENUM (
    'setup'
);


--
-- Name: metrics; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.metrics AS ENUM (
    'basic',
    'extended'
);


--
-- Name: organization_kind; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.organization_kind AS ENUM (
    'platform',
    'reseller',
    'customer'
);


--
-- Name: reveal_policy; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.reveal_policy AS ENUM (
    'anytime',
    'once'
);


--
-- Name: role; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.role AS ENUM (
    'admin',
    'member',
    'viewer'
);


--
-- Name: secret_state; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.secret_state AS ENUM (
    'current',
    'retiring'
);


--
-- Name: token_kind; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.token_kind AS ENUM (
    'personal',
    'organization',
    'service'
);


--
-- Name: audit_events_only_grow(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.audit_events_only_grow() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  RAISE EXCEPTION 'the audit trail is only ever added to' USING ERRCODE = 'check_violation';
END
$$;


--
-- Name: organizations_keep_path(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.organizations_keep_path() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
  parent organizations%ROWTYPE;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW.id <> OLD.id OR NEW.parent_id IS DISTINCT FROM OLD.parent_id OR NEW.path <> OLD.path OR NEW.kind <> OLD.kind THEN
      RAISE EXCEPTION 'an organization never moves and never changes its kind' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.parent_id IS NULL THEN
    NEW.path := ARRAY[NEW.id];
    RETURN NEW;
  END IF;
  SELECT * INTO parent FROM organizations WHERE id = NEW.parent_id FOR KEY SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the parent of an organization must exist' USING ERRCODE = 'foreign_key_violation';
  END IF;
  IF parent.kind = 'customer' THEN
    RAISE EXCEPTION 'a customer has no organizations below it' USING ERRCODE = 'check_violation';
  END IF;
  -- The platform, eight levels of resellers, a customer.
  IF cardinality(parent.path) > 9 OR (NEW.kind = 'reseller' AND cardinality(parent.path) > 8) THEN
    RAISE EXCEPTION 'resellers stand at most eight deep' USING ERRCODE = 'check_violation';
  END IF;
  NEW.path := parent.path || NEW.id;
  RETURN NEW;
END
$$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: __drizzle_migrations; Type: TABLE; Schema: drizzle; Owner: -
--

CREATE TABLE drizzle.__drizzle_migrations (
    id integer NOT NULL,
    hash text NOT NULL,
    created_at bigint
);


--
-- Name: __drizzle_migrations_id_seq; Type: SEQUENCE; Schema: drizzle; Owner: -
--

CREATE SEQUENCE drizzle.__drizzle_migrations_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: __drizzle_migrations_id_seq; Type: SEQUENCE OWNED BY; Schema: drizzle; Owner: -
--

ALTER SEQUENCE drizzle.__drizzle_migrations_id_seq OWNED BY drizzle.__drizzle_migrations.id;


--
-- Name: audit_events; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.audit_events (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    action text NOT NULL,
    organization_id uuid,
    actor_user_id uuid,
    actor_name text NOT NULL,
    target_type text NOT NULL,
    target_id text NOT NULL,
    target_name text NOT NULL,
    details jsonb DEFAULT '{}'::jsonb NOT NULL,
    ip text,
    user_agent text
);


--
-- Name: audit_events_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.audit_events ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.audit_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: memberships; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.memberships (
    user_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    role public.role NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);


--
-- Name: one_time_links; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.one_time_links (
    digest bytea NOT NULL,
    purpose public.link_purpose NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT one_time_links_digest_length CHECK ((octet_length(digest) = 32))
);


--
-- Name: organizations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.organizations (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    kind public.organization_kind NOT NULL,
    parent_id uuid,
    path uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    contact text,
    tier_id uuid,
    token_limit_override integer,
    reveal_policy public.reveal_policy DEFAULT 'once'::public.reveal_policy NOT NULL,
    delete_policy public.delete_policy DEFAULT 'revoked-only'::public.delete_policy NOT NULL,
    longest_lifetime_days integer,
    never_expiring_allowed boolean DEFAULT true NOT NULL,
    suspended_at timestamp with time zone,
    closed_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT organizations_lifetime_positive CHECK ((longest_lifetime_days > 0)),
    CONSTRAINT organizations_limit_positive CHECK ((token_limit_override >= 0)),
    CONSTRAINT organizations_not_own_parent CHECK ((parent_id <> id)),
    CONSTRAINT organizations_platform_has_no_tier CHECK (((kind = 'platform'::public.organization_kind) = (tier_id IS NULL))),
    CONSTRAINT organizations_platform_is_root CHECK (((kind = 'platform'::public.organization_kind) = (parent_id IS NULL))),
    CONSTRAINT organizations_slug_form CHECK (((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND (length(slug) <= 63)))
);


--
-- Name: policy_ceilings; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.policy_ceilings (
    only_row boolean DEFAULT true NOT NULL,
    reveal_policy public.reveal_policy DEFAULT 'anytime'::public.reveal_policy NOT NULL,
    delete_policy public.delete_policy DEFAULT 'any'::public.delete_policy NOT NULL,
    longest_lifetime_days integer,
    never_expiring_allowed boolean DEFAULT true NOT NULL,
    CONSTRAINT policy_ceilings_lifetime_positive CHECK ((longest_lifetime_days > 0)),
    CONSTRAINT policy_ceilings_only_row CHECK (only_row)
);


--
-- Name: service_accounts; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.service_accounts (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    organization_id uuid NOT NULL,
    name text NOT NULL,
    name_key text NOT NULL,
    role public.role NOT NULL,
    scopes text[] NOT NULL,
    disabled_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);


--
-- Name: sessions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.sessions (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone NOT NULL,
    ip text,
    user_agent text
);


--
-- Name: tiers; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.tiers (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    rank integer NOT NULL,
    token_limit integer NOT NULL,
    at_limit public.at_limit DEFAULT 'refuse'::public.at_limit NOT NULL,
    metrics public.metrics DEFAULT 'basic'::public.metrics NOT NULL,
    CONSTRAINT tiers_limit_not_negative CHECK ((token_limit >= 0)),
    CONSTRAINT tiers_rank_positive CHECK ((rank > 0))
);


--
-- Name: token_secrets; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.token_secrets (
    token_id text NOT NULL,
    token_live boolean DEFAULT true NOT NULL,
    state public.secret_state NOT NULL,
    prefix text NOT NULL,
    digest bytea NOT NULL,
    tail text NOT NULL,
    minted_at timestamp with time zone NOT NULL,
    minted_by uuid,
    retires_at timestamp with time zone,
    reveal_key_digest bytea NOT NULL,
    reveal_salt bytea,
    reveal_until timestamp with time zone NOT NULL,
    CONSTRAINT token_secrets_digest_length CHECK ((octet_length(digest) = 32)),
    CONSTRAINT token_secrets_key_digest_length CHECK ((octet_length(reveal_key_digest) = 32)),
    CONSTRAINT token_secrets_retiring_has_end CHECK (((state = 'retiring'::public.secret_state) = (retires_at IS NOT NULL))),
    CONSTRAINT token_secrets_salt_length CHECK ((octet_length(reveal_salt) = 32)),
    CONSTRAINT token_secrets_tail_length CHECK ((length(tail) = 4)),
    CONSTRAINT token_secrets_token_live CHECK (token_live)
);


--
-- Name: tokens; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.tokens (
    id text NOT NULL,
    kind public.token_kind NOT NULL,
    organization_id uuid,
    user_id uuid,
    service_account_id uuid,
    owner_id uuid GENERATED ALWAYS AS (COALESCE(service_account_id, user_id, organization_id)) STORED NOT NULL,
    name text NOT NULL,
    name_key text NOT NULL,
    scopes text[],
    devices text[] DEFAULT '{}'::text[] NOT NULL,
    ip_ranges text[] DEFAULT '{}'::text[] NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by uuid,
    expires_at timestamp with time zone,
    lifetime_days integer,
    revoked_at timestamp with time zone,
    revoked_by uuid,
    revoke_reason text,
    compromised boolean DEFAULT false NOT NULL,
    deleted_at timestamp with time zone,
    deleted_by uuid,
    live boolean GENERATED ALWAYS AS ((deleted_at IS NULL)) STORED NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone,
    last_used_ip text,
    last_used_user_agent text,
    CONSTRAINT tokens_compromised_is_revoked CHECK (((NOT compromised) OR (revoked_at IS NOT NULL))),
    CONSTRAINT tokens_id_form CHECK ((id ~ '^[0-9A-Za-z]{16}$'::text)),
    CONSTRAINT tokens_kind_has_its_owner CHECK (
CASE kind
    WHEN 'personal'::public.token_kind THEN ((user_id IS NOT NULL) AND (organization_id IS NULL) AND (service_account_id IS NULL))
    WHEN 'organization'::public.token_kind THEN ((organization_id IS NOT NULL) AND (user_id IS NULL) AND (service_account_id IS NULL))
    WHEN 'service'::public.token_kind THEN ((service_account_id IS NOT NULL) AND (organization_id IS NOT NULL) AND (user_id IS NULL))
    ELSE NULL::boolean
END),
    CONSTRAINT tokens_lifetime_positive CHECK ((lifetime_days > 0)),
    CONSTRAINT tokens_personal_never_verifies CHECK (((kind <> 'personal'::public.token_kind) OR (NOT ('tokens:verify'::text = ANY (COALESCE(scopes, '{}'::text[])))))),
    CONSTRAINT tokens_scopes_stored CHECK (((kind = 'personal'::public.token_kind) OR (scopes IS NOT NULL)))
);


--
-- Name: users; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.users (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    email text NOT NULL,
    email_key text NOT NULL,
    name text NOT NULL,
    password_hash text,
    last_organization_id uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);


--
-- Name: __drizzle_migrations id; Type: DEFAULT; Schema: drizzle; Owner: -
--

ALTER TABLE ONLY drizzle.__drizzle_migrations ALTER COLUMN id SET DEFAULT nextval('drizzle.__drizzle_migrations_id_seq'::regclass);


--
-- Data for Name: __drizzle_migrations; Type: TABLE DATA; Schema: drizzle; Owner: -
--

INSERT INTO drizzle.__drizzle_migrations VALUES
	(1, '9692283712e996fbdf9c1f414ba04e7ed3b7cda535dacd958fa130f205732bd8', 1795319653828),
	(2, '2a154a11f3ff44ad728ddf1febe3b3562446db408661064a1d0cee5a38f96a7e', 1795319654692);


--
-- Data for Name: audit_events; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.audit_events OVERRIDING SYSTEM VALUE VALUES
	(1, '2026-07-25 05:29:32.326+00', 'user.created', 'f07a8e7d-76a9-423c-ae5b-9cd52c6669a8', 'c791522a-1c91-4a80-ac92-c3452fe4cdb9', 'admin@demo.example', 'user', 'c791522a-1c91-4a80-ac92-c3452fe4cdb9', 'admin@demo.example', '{}', '192.0.2.61', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0'),
	(2, '2026-07-25 05:29:32.326+00', 'token.created', NULL, 'c791522a-1c91-4a80-ac92-c3452fe4cdb9', 'admin@demo.example', 'token', 'qqb89Nk6q1cf9GP4', 'Personal', '{}', '192.0.2.61', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0'),
	(3, '2026-07-26 05:29:32.326+00', 'token.created', 'f07a8e7d-76a9-423c-ae5b-9cd52c6669a8', 'c791522a-1c91-4a80-ac92-c3452fe4cdb9', 'admin@demo.example', 'token', 'MuOi3kmF36uaKR6S', 'Gateway', '{}', '192.0.2.61', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0'),
	(4, '2026-09-03 05:29:32.326+00', 'organization.created', 'ff4002ee-50ab-409c-af0c-a71998ad15d2', 'c791522a-1c91-4a80-ac92-c3452fe4cdb9', 'admin@demo.example', 'organization', 'ff4002ee-50ab-409c-af0c-a71998ad15d2', 'Northwind', '{}', '192.0.2.61', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0'),
	(5, '2026-09-03 05:29:32.326+00', 'token.created', 'ff4002ee-50ab-409c-af0c-a71998ad15d2', 'c791522a-1c91-4a80-ac92-c3452fe4cdb9', 'admin@demo.example', 'token', 'fpGwv2HbMd5azllS', 'Default', '{}', '192.0.2.61', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0'),
	(6, '2026-09-03 05:29:32.326+00', 'user.created', 'ff4002ee-50ab-409c-af0c-a71998ad15d2', '365c569e-8359-4322-85a4-acb8208294bd', 'reseller@demo.example', 'user', '365c569e-8359-4322-85a4-acb8208294bd', 'reseller@demo.example', '{}', '192.0.2.61', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0'),
	(7, '2026-09-03 05:29:32.326+00', 'token.created', NULL, '365c569e-8359-4322-85a4-acb8208294bd', 'reseller@demo.example', 'token', 'MiDFpa7WwLOsXSvk', 'Personal', '{}', '192.0.2.61', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0'),
	(8, '2026-09-13 05:29:32.326+00', 'organization.created', '5cb3ef63-e33b-4528-a482-3ffeaf2c94fe', '365c569e-8359-4322-85a4-acb8208294bd', 'reseller@demo.example', 'organization', '5cb3ef63-e33b-4528-a482-3ffeaf2c94fe', 'Alder', '{}', '192.0.2.61', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0'),
	(9, '2026-09-13 05:29:32.326+00', 'token.created', '5cb3ef63-e33b-4528-a482-3ffeaf2c94fe', '365c569e-8359-4322-85a4-acb8208294bd', 'reseller@demo.example', 'token', 'aXa48dgLBAxh60I8', 'Default', '{}', '192.0.2.61', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0'),
	(10, '2026-09-13 05:29:32.326+00', 'user.created', '5cb3ef63-e33b-4528-a482-3ffeaf2c94fe', 'a954a014-0ea2-44d8-b48a-de7314006fd3', 'owner@demo.example', 'user', 'a954a014-0ea2-44d8-b48a-de7314006fd3', 'owner@demo.example', '{}', '192.0.2.61', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0'),
	(11, '2026-09-13 05:29:32.326+00', 'token.created', NULL, 'a954a014-0ea2-44d8-b48a-de7314006fd3', 'owner@demo.example', 'token', 'mEZGWwWedH5MeYIP', 'Personal', '{}', '192.0.2.61', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0'),
	(12, '2026-09-23 05:29:32.326+00', 'user.created', '5cb3ef63-e33b-4528-a482-3ffeaf2c94fe', '0af85ec4-d333-48ed-8fa9-3a683f5dd338', 'user@demo.example', 'user', '0af85ec4-d333-48ed-8fa9-3a683f5dd338', 'user@demo.example', '{}', '192.0.2.61', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0'),
	(13, '2026-09-23 05:29:32.326+00', 'token.created', NULL, '0af85ec4-d333-48ed-8fa9-3a683f5dd338', 'user@demo.example', 'token', 'qhRqt3CAezYDkG46', 'Personal', '{}', '192.0.2.61', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0'),
	(14, '2026-10-03 05:29:32.326+00', 'user.created', '5cb3ef63-e33b-4528-a482-3ffeaf2c94fe', 'f7da9040-d23e-44f2-8e21-af5559a415dc', 'viewer@demo.example', 'user', 'f7da9040-d23e-44f2-8e21-af5559a415dc', 'viewer@demo.example', '{}', '192.0.2.61', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0'),
	(15, '2026-10-03 05:29:32.326+00', 'token.created', NULL, 'f7da9040-d23e-44f2-8e21-af5559a415dc', 'viewer@demo.example', 'token', 'hMHykqG0wA1lj92i', 'Personal', '{}', '192.0.2.61', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0'),
	(16, '2026-10-13 05:29:32.326+00', 'organization.created', 'd8b411af-ddb3-4007-b541-2e4295ec1c0c', '365c569e-8359-4322-85a4-acb8208294bd', 'reseller@demo.example', 'organization', 'd8b411af-ddb3-4007-b541-2e4295ec1c0c', 'Birch', '{}', '192.0.2.61', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0'),
	(17, '2026-10-13 05:29:32.326+00', 'token.created', 'd8b411af-ddb3-4007-b541-2e4295ec1c0c', '365c569e-8359-4322-85a4-acb8208294bd', 'reseller@demo.example', 'token', 'xEukE4t8v1uiMyhc', 'Default', '{}', '192.0.2.61', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0'),
	(18, '2026-09-08 05:29:32.326+00', 'organization.created', '15eb5d73-867b-47b7-a687-a01c2c59261e', 'c791522a-1c91-4a80-ac92-c3452fe4cdb9', 'admin@demo.example', 'organization', '15eb5d73-867b-47b7-a687-a01c2c59261e', 'Southgate', '{}', '192.0.2.61', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0'),
	(19, '2026-09-08 05:29:32.326+00', 'token.created', '15eb5d73-867b-47b7-a687-a01c2c59261e', 'c791522a-1c91-4a80-ac92-c3452fe4cdb9', 'admin@demo.example', 'token', 'M3dVIsDvCJazkzPS', 'Default', '{}', '192.0.2.61', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0'),
	(20, '2026-09-18 05:29:32.326+00', 'organization.created', '56b4afe6-0292-46b3-85c7-197d836b424a', 'c791522a-1c91-4a80-ac92-c3452fe4cdb9', 'admin@demo.example', 'organization', '56b4afe6-0292-46b3-85c7-197d836b424a', 'Cedar', '{}', '192.0.2.61', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0'),
	(21, '2026-09-18 05:29:32.326+00', 'token.created', '56b4afe6-0292-46b3-85c7-197d836b424a', 'c791522a-1c91-4a80-ac92-c3452fe4cdb9', 'admin@demo.example', 'token', 'A2J5IiORQrDx6ZNV', 'Default', '{}', '192.0.2.61', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0'),
	(22, '2026-09-18 05:29:32.326+00', 'user.created', '56b4afe6-0292-46b3-85c7-197d836b424a', '539ec25a-31ef-4d31-a78a-b3be188ac8bf', 'cedar@demo.example', 'user', '539ec25a-31ef-4d31-a78a-b3be188ac8bf', 'cedar@demo.example', '{}', '192.0.2.61', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0'),
	(23, '2026-09-18 05:29:32.326+00', 'token.created', NULL, '539ec25a-31ef-4d31-a78a-b3be188ac8bf', 'cedar@demo.example', 'token', 'J2JJFH5lXFRMZ6r2', 'Personal', '{}', '192.0.2.61', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0'),
	(24, '2026-09-15 05:29:32.326+00', 'token.created', '5cb3ef63-e33b-4528-a482-3ffeaf2c94fe', 'a954a014-0ea2-44d8-b48a-de7314006fd3', 'owner@demo.example', 'token', 'D5j5UQMQei76J1Ng', 'Metering gateway', '{}', '192.0.2.61', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0'),
	(25, '2026-09-16 05:29:32.326+00', 'token.revealed', '5cb3ef63-e33b-4528-a482-3ffeaf2c94fe', 'a954a014-0ea2-44d8-b48a-de7314006fd3', 'owner@demo.example', 'token', 'D5j5UQMQei76J1Ng', 'Metering gateway', '{}', '192.0.2.61', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0'),
	(26, '2026-09-17 05:29:32.326+00', 'token.created', '5cb3ef63-e33b-4528-a482-3ffeaf2c94fe', 'a954a014-0ea2-44d8-b48a-de7314006fd3', 'owner@demo.example', 'token', '7FnV7wv5Pde3A3XD', 'Nightly backup', '{}', '192.0.2.61', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0'),
	(27, '2026-09-24 05:29:32.326+00', 'token.revealed', '5cb3ef63-e33b-4528-a482-3ffeaf2c94fe', '0af85ec4-d333-48ed-8fa9-3a683f5dd338', 'user@demo.example', 'token', '7FnV7wv5Pde3A3XD', 'Nightly backup', '{}', '192.0.2.61', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0'),
	(28, '2026-09-25 05:29:32.326+00', 'token.created', '5cb3ef63-e33b-4528-a482-3ffeaf2c94fe', 'a954a014-0ea2-44d8-b48a-de7314006fd3', 'owner@demo.example', 'token', 'vkExQBEsxYYC8UCV', 'Grafana import', '{}', '192.0.2.61', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0'),
	(29, '2026-09-26 05:29:32.326+00', 'token.revealed', '5cb3ef63-e33b-4528-a482-3ffeaf2c94fe', '0af85ec4-d333-48ed-8fa9-3a683f5dd338', 'user@demo.example', 'token', 'vkExQBEsxYYC8UCV', 'Grafana import', '{}', '192.0.2.61', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0'),
	(30, '2026-11-16 05:29:32.326+00', 'token.revoked', '5cb3ef63-e33b-4528-a482-3ffeaf2c94fe', 'a954a014-0ea2-44d8-b48a-de7314006fd3', 'owner@demo.example', 'token', 'vkExQBEsxYYC8UCV', 'Grafana import', '{"reason": "Dashboards moved to the new importer"}', '192.0.2.61', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0'),
	(31, '2026-09-19 05:29:32.326+00', 'token.revealed', '56b4afe6-0292-46b3-85c7-197d836b424a', '539ec25a-31ef-4d31-a78a-b3be188ac8bf', 'cedar@demo.example', 'token', 'A2J5IiORQrDx6ZNV', 'Default', '{}', '192.0.2.61', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0'),
	(32, '2026-11-22 05:29:33.373+00', 'token.created', '5cb3ef63-e33b-4528-a482-3ffeaf2c94fe', 'a954a014-0ea2-44d8-b48a-de7314006fd3', 'owner@demo.example', 'token', 'yho85d8Pi00m82nf', 'Known', '{}', '192.0.2.61', 'Firefox'),
	(33, '2026-11-22 05:29:33.373+00', 'token.revealed', '5cb3ef63-e33b-4528-a482-3ffeaf2c94fe', 'a954a014-0ea2-44d8-b48a-de7314006fd3', 'owner@demo.example', 'token', 'yho85d8Pi00m82nf', 'Known', '{}', '192.0.2.61', 'Firefox'),
	(34, '2026-11-22 05:29:33.373+00', 'token.revealed', 'f07a8e7d-76a9-423c-ae5b-9cd52c6669a8', 'c791522a-1c91-4a80-ac92-c3452fe4cdb9', 'admin@demo.example', 'token', 'MuOi3kmF36uaKR6S', 'Gateway', '{}', '192.0.2.61', 'Firefox'),
	(35, '2026-11-22 05:29:33.373+00', 'user.signed_in', NULL, 'a954a014-0ea2-44d8-b48a-de7314006fd3', 'owner@demo.example', 'user', 'a954a014-0ea2-44d8-b48a-de7314006fd3', 'owner@demo.example', '{}', '192.0.2.61', 'Firefox');


--
-- Data for Name: memberships; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.memberships VALUES
	('c791522a-1c91-4a80-ac92-c3452fe4cdb9', 'f07a8e7d-76a9-423c-ae5b-9cd52c6669a8', 'admin', '2026-07-25 05:29:32.326+00'),
	('365c569e-8359-4322-85a4-acb8208294bd', 'ff4002ee-50ab-409c-af0c-a71998ad15d2', 'admin', '2026-09-03 05:29:32.326+00'),
	('a954a014-0ea2-44d8-b48a-de7314006fd3', '5cb3ef63-e33b-4528-a482-3ffeaf2c94fe', 'admin', '2026-09-13 05:29:32.326+00'),
	('0af85ec4-d333-48ed-8fa9-3a683f5dd338', '5cb3ef63-e33b-4528-a482-3ffeaf2c94fe', 'member', '2026-09-23 05:29:32.326+00'),
	('f7da9040-d23e-44f2-8e21-af5559a415dc', '5cb3ef63-e33b-4528-a482-3ffeaf2c94fe', 'viewer', '2026-10-03 05:29:32.326+00'),
	('539ec25a-31ef-4d31-a78a-b3be188ac8bf', '56b4afe6-0292-46b3-85c7-197d836b424a', 'admin', '2026-09-18 05:29:32.326+00');


--
-- Data for Name: one_time_links; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: organizations; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.organizations VALUES
	('f07a8e7d-76a9-423c-ae5b-9cd52c6669a8', 'platform', NULL, '{f07a8e7d-76a9-423c-ae5b-9cd52c6669a8}', 'platform', 'Tokenry Demo', 'admin@demo.example', NULL, NULL, 'once', 'revoked-only', NULL, true, NULL, NULL, '2026-07-25 05:29:32.326+00'),
	('ff4002ee-50ab-409c-af0c-a71998ad15d2', 'reseller', 'f07a8e7d-76a9-423c-ae5b-9cd52c6669a8', '{f07a8e7d-76a9-423c-ae5b-9cd52c6669a8,ff4002ee-50ab-409c-af0c-a71998ad15d2}', 'northwind', 'Northwind', 'reseller@demo.example', 'b86fd69c-f0cd-4150-9514-9ebdbd42df34', NULL, 'once', 'revoked-only', NULL, true, NULL, NULL, '2026-09-03 05:29:32.326+00'),
	('5cb3ef63-e33b-4528-a482-3ffeaf2c94fe', 'customer', 'ff4002ee-50ab-409c-af0c-a71998ad15d2', '{f07a8e7d-76a9-423c-ae5b-9cd52c6669a8,ff4002ee-50ab-409c-af0c-a71998ad15d2,5cb3ef63-e33b-4528-a482-3ffeaf2c94fe}', 'alder', 'Alder', 'owner@demo.example', 'b86fd69c-f0cd-4150-9514-9ebdbd42df34', NULL, 'once', 'revoked-only', NULL, true, NULL, NULL, '2026-09-13 05:29:32.326+00'),
	('d8b411af-ddb3-4007-b541-2e4295ec1c0c', 'customer', 'ff4002ee-50ab-409c-af0c-a71998ad15d2', '{f07a8e7d-76a9-423c-ae5b-9cd52c6669a8,ff4002ee-50ab-409c-af0c-a71998ad15d2,d8b411af-ddb3-4007-b541-2e4295ec1c0c}', 'birch', 'Birch', NULL, 'd4b36d8a-6681-4635-ad36-d3dd7f8b141b', NULL, 'once', 'revoked-only', NULL, true, NULL, NULL, '2026-10-13 05:29:32.326+00'),
	('15eb5d73-867b-47b7-a687-a01c2c59261e', 'reseller', 'f07a8e7d-76a9-423c-ae5b-9cd52c6669a8', '{f07a8e7d-76a9-423c-ae5b-9cd52c6669a8,15eb5d73-867b-47b7-a687-a01c2c59261e}', 'southgate', 'Southgate', 'https://southgate.example/support', 'b86fd69c-f0cd-4150-9514-9ebdbd42df34', NULL, 'once', 'revoked-only', NULL, true, NULL, NULL, '2026-09-08 05:29:32.326+00'),
	('56b4afe6-0292-46b3-85c7-197d836b424a', 'customer', '15eb5d73-867b-47b7-a687-a01c2c59261e', '{f07a8e7d-76a9-423c-ae5b-9cd52c6669a8,15eb5d73-867b-47b7-a687-a01c2c59261e,56b4afe6-0292-46b3-85c7-197d836b424a}', 'cedar', 'Cedar', 'cedar@demo.example', 'ea91ece6-6940-4853-8fe9-2abeafb975dc', NULL, 'once', 'revoked-only', NULL, true, NULL, NULL, '2026-09-18 05:29:32.326+00');


--
-- Data for Name: policy_ceilings; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.policy_ceilings VALUES
	(true, 'anytime', 'any', NULL, true);


--
-- Data for Name: service_accounts; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.service_accounts VALUES
	('6d28372e-802a-41f2-ad11-89bb8ffcdc4d', 'f07a8e7d-76a9-423c-ae5b-9cd52c6669a8', 'Gateway', 'gateway', 'admin', '{tokens:verify}', NULL, '2026-07-26 05:29:32.326+00');


--
-- Data for Name: sessions; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.sessions VALUES
	('dbbb1d1d-1d86-4a77-8352-1f62393fbfc9', 'a954a014-0ea2-44d8-b48a-de7314006fd3', '2026-11-22 05:29:33.373+00', '2026-11-22 05:29:33.373+00', '2026-11-22 05:29:33.373+00', '192.0.2.61', 'Firefox');


--
-- Data for Name: tiers; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.tiers VALUES
	('d4b36d8a-6681-4635-ad36-d3dd7f8b141b', 'Lite', 1, 1, 'refuse', 'basic'),
	('b86fd69c-f0cd-4150-9514-9ebdbd42df34', 'Advanced', 2, 5, 'refuse', 'extended'),
	('ea91ece6-6940-4853-8fe9-2abeafb975dc', 'Single', 1, 1, 'replace', 'basic');


--
-- Data for Name: token_secrets; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.token_secrets VALUES
	('D5j5UQMQei76J1Ng', true, 'current', 'tok', '\xe07ca9c7562a994c44431f07b715fb081d2a16884ad57e72ae737be48438248e', 'aRId', '2026-09-16 05:29:32.326+00', 'a954a014-0ea2-44d8-b48a-de7314006fd3', NULL, '\xdce1f7a54c6aa76f5a96894433981fc52e46fefe8b2fafd040ec1191c9a00edc', NULL, '2026-09-16 05:39:32.326+00'),
	('7FnV7wv5Pde3A3XD', true, 'current', 'tok', '\x45b4d3c488365a393b6dee94676208f0411e107b9e3eb79e74dd3ba029adc153', 'D80H', '2026-09-24 05:29:32.326+00', '0af85ec4-d333-48ed-8fa9-3a683f5dd338', NULL, '\x6efdff2f171350817b5ca368fb08298763b89df309d0991d400ef0dc0008e1a5', NULL, '2026-09-24 05:39:32.326+00'),
	('vkExQBEsxYYC8UCV', true, 'current', 'tok', '\xeb2aaf819c3a2b5abc5e15e41568ce0786696612691b178aa9bcd1694d2bb27d', 'qcqX', '2026-09-26 05:29:32.326+00', '0af85ec4-d333-48ed-8fa9-3a683f5dd338', NULL, '\x40ed1c2fe439eccfaaa93991058c24d7d4c12dccbf199c50b3d19d026eb53678', NULL, '2026-09-26 05:39:32.326+00'),
	('A2J5IiORQrDx6ZNV', true, 'current', 'tok', '\xcc0e16e9d55d2048b3a40867c74f9c243dc0d49ab47c7805062d3c7be0d0d900', 'kHEE', '2026-09-19 05:29:32.326+00', '539ec25a-31ef-4d31-a78a-b3be188ac8bf', NULL, '\x3bd6aeb65e5387ba55356ac7f7b50594495f911fe7da4f8b59db0187da952975', NULL, '2026-09-19 05:39:32.326+00'),
	('yho85d8Pi00m82nf', true, 'current', 'tok', '\xe2d533ca264ec41bdb404b8b2cefc25f346c5a1356cb06a424b2138933e85793', 'pehE', '2026-11-22 05:29:33.373+00', 'a954a014-0ea2-44d8-b48a-de7314006fd3', NULL, '\x1e240e1cb9ab1bd533739f8fb2a7fe56b746fd5ab123c76837c482035316957a', NULL, '2026-11-22 05:39:33.373+00'),
	('MuOi3kmF36uaKR6S', true, 'current', 'tok', '\x0ad44bd19dd1140e9f28a46ffa9365869f10540f63c6fd323bcf0796f78dc936', '1H9C', '2026-11-22 05:29:33.373+00', 'c791522a-1c91-4a80-ac92-c3452fe4cdb9', NULL, '\xc54f895dc23a00969286015db0cad4bcd8380cd4d7545e0c6afada26e732c5bc', '\x11e97b33b602287f5f7686b2c94717db91a0e65fa9ed8f132137d06fd71f3c45', '2026-11-22 05:39:33.373+00');


--
-- Data for Name: tokens; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.tokens VALUES
	('qqb89Nk6q1cf9GP4', 'personal', NULL, 'c791522a-1c91-4a80-ac92-c3452fe4cdb9', NULL, DEFAULT, 'Personal', 'personal', NULL, '{}', '{}', '2026-07-25 05:29:32.326+00', 'c791522a-1c91-4a80-ac92-c3452fe4cdb9', '2026-10-23 05:29:32.326+00', 90, NULL, NULL, NULL, false, NULL, NULL, DEFAULT, '2026-07-25 05:29:32.326+00', NULL, NULL, NULL),
	('fpGwv2HbMd5azllS', 'organization', 'ff4002ee-50ab-409c-af0c-a71998ad15d2', NULL, NULL, DEFAULT, 'Default', 'default', '{data:read,reports:read}', '{}', '{}', '2026-09-03 05:29:32.326+00', 'c791522a-1c91-4a80-ac92-c3452fe4cdb9', '2026-12-02 05:29:32.326+00', 90, NULL, NULL, NULL, false, NULL, NULL, DEFAULT, '2026-09-03 05:29:32.326+00', NULL, NULL, NULL),
	('MiDFpa7WwLOsXSvk', 'personal', NULL, '365c569e-8359-4322-85a4-acb8208294bd', NULL, DEFAULT, 'Personal', 'personal', NULL, '{}', '{}', '2026-09-03 05:29:32.326+00', '365c569e-8359-4322-85a4-acb8208294bd', '2026-12-02 05:29:32.326+00', 90, NULL, NULL, NULL, false, NULL, NULL, DEFAULT, '2026-09-03 05:29:32.326+00', NULL, NULL, NULL),
	('aXa48dgLBAxh60I8', 'organization', '5cb3ef63-e33b-4528-a482-3ffeaf2c94fe', NULL, NULL, DEFAULT, 'Default', 'default', '{data:read,reports:read}', '{}', '{}', '2026-09-13 05:29:32.326+00', '365c569e-8359-4322-85a4-acb8208294bd', '2026-12-12 05:29:32.326+00', 90, NULL, NULL, NULL, false, NULL, NULL, DEFAULT, '2026-09-13 05:29:32.326+00', NULL, NULL, NULL),
	('mEZGWwWedH5MeYIP', 'personal', NULL, 'a954a014-0ea2-44d8-b48a-de7314006fd3', NULL, DEFAULT, 'Personal', 'personal', NULL, '{}', '{}', '2026-09-13 05:29:32.326+00', 'a954a014-0ea2-44d8-b48a-de7314006fd3', '2026-12-12 05:29:32.326+00', 90, NULL, NULL, NULL, false, NULL, NULL, DEFAULT, '2026-09-13 05:29:32.326+00', NULL, NULL, NULL),
	('qhRqt3CAezYDkG46', 'personal', NULL, '0af85ec4-d333-48ed-8fa9-3a683f5dd338', NULL, DEFAULT, 'Personal', 'personal', NULL, '{}', '{}', '2026-09-23 05:29:32.326+00', '0af85ec4-d333-48ed-8fa9-3a683f5dd338', '2026-12-22 05:29:32.326+00', 90, NULL, NULL, NULL, false, NULL, NULL, DEFAULT, '2026-09-23 05:29:32.326+00', NULL, NULL, NULL),
	('hMHykqG0wA1lj92i', 'personal', NULL, 'f7da9040-d23e-44f2-8e21-af5559a415dc', NULL, DEFAULT, 'Personal', 'personal', NULL, '{}', '{}', '2026-10-03 05:29:32.326+00', 'f7da9040-d23e-44f2-8e21-af5559a415dc', '2027-01-01 05:29:32.326+00', 90, NULL, NULL, NULL, false, NULL, NULL, DEFAULT, '2026-10-03 05:29:32.326+00', NULL, NULL, NULL),
	('xEukE4t8v1uiMyhc', 'organization', 'd8b411af-ddb3-4007-b541-2e4295ec1c0c', NULL, NULL, DEFAULT, 'Default', 'default', '{data:read,reports:read}', '{}', '{}', '2026-10-13 05:29:32.326+00', '365c569e-8359-4322-85a4-acb8208294bd', '2027-01-11 05:29:32.326+00', 90, NULL, NULL, NULL, false, NULL, NULL, DEFAULT, '2026-10-13 05:29:32.326+00', NULL, NULL, NULL),
	('M3dVIsDvCJazkzPS', 'organization', '15eb5d73-867b-47b7-a687-a01c2c59261e', NULL, NULL, DEFAULT, 'Default', 'default', '{data:read,reports:read}', '{}', '{}', '2026-09-08 05:29:32.326+00', 'c791522a-1c91-4a80-ac92-c3452fe4cdb9', '2026-12-07 05:29:32.326+00', 90, NULL, NULL, NULL, false, NULL, NULL, DEFAULT, '2026-09-08 05:29:32.326+00', NULL, NULL, NULL),
	('J2JJFH5lXFRMZ6r2', 'personal', NULL, '539ec25a-31ef-4d31-a78a-b3be188ac8bf', NULL, DEFAULT, 'Personal', 'personal', NULL, '{}', '{}', '2026-09-18 05:29:32.326+00', '539ec25a-31ef-4d31-a78a-b3be188ac8bf', '2026-12-17 05:29:32.326+00', 90, NULL, NULL, NULL, false, NULL, NULL, DEFAULT, '2026-09-18 05:29:32.326+00', NULL, NULL, NULL),
	('D5j5UQMQei76J1Ng', 'organization', '5cb3ef63-e33b-4528-a482-3ffeaf2c94fe', NULL, NULL, DEFAULT, 'Metering gateway', 'metering gateway', '{data:read,reports:read}', '{}', '{}', '2026-09-15 05:29:32.326+00', 'a954a014-0ea2-44d8-b48a-de7314006fd3', '2027-09-16 05:29:32.326+00', 365, NULL, NULL, NULL, false, NULL, NULL, DEFAULT, '2026-11-22 05:27:32.326+00', '2026-11-22 05:27:32.326+00', '203.0.113.24', 'gateway/2.4.1 linux-arm64'),
	('7FnV7wv5Pde3A3XD', 'organization', '5cb3ef63-e33b-4528-a482-3ffeaf2c94fe', NULL, NULL, DEFAULT, 'Nightly backup', 'nightly backup', '{data:read,reports:read}', '{}', '{}', '2026-09-17 05:29:32.326+00', 'a954a014-0ea2-44d8-b48a-de7314006fd3', '2026-10-24 05:29:32.326+00', 30, NULL, NULL, NULL, false, NULL, NULL, DEFAULT, '2026-10-23 05:29:32.326+00', '2026-10-23 05:29:32.326+00', '198.51.100.7', 'curl/8.9.1'),
	('vkExQBEsxYYC8UCV', 'organization', '5cb3ef63-e33b-4528-a482-3ffeaf2c94fe', NULL, NULL, DEFAULT, 'Grafana import', 'grafana import', '{data:read,reports:read}', '{}', '{}', '2026-09-25 05:29:32.326+00', 'a954a014-0ea2-44d8-b48a-de7314006fd3', '2026-12-25 05:29:32.326+00', 90, '2026-11-16 05:29:32.326+00', 'a954a014-0ea2-44d8-b48a-de7314006fd3', 'Dashboards moved to the new importer', false, NULL, NULL, DEFAULT, '2026-11-16 05:29:32.326+00', '2026-11-16 04:54:32.326+00', '203.0.113.80', 'Grafana/12.1'),
	('A2J5IiORQrDx6ZNV', 'organization', '56b4afe6-0292-46b3-85c7-197d836b424a', NULL, NULL, DEFAULT, 'Default', 'default', '{data:read,reports:read}', '{}', '{}', '2026-09-18 05:29:32.326+00', 'c791522a-1c91-4a80-ac92-c3452fe4cdb9', '2026-12-18 05:29:32.326+00', 90, NULL, NULL, NULL, false, NULL, NULL, DEFAULT, '2026-11-22 02:19:32.326+00', '2026-11-22 02:19:32.326+00', '198.51.100.44', 'report-loader/3.2'),
	('yho85d8Pi00m82nf', 'organization', '5cb3ef63-e33b-4528-a482-3ffeaf2c94fe', NULL, NULL, DEFAULT, 'Known', 'known', '{data:read,reports:read}', '{}', '{}', '2026-11-22 05:29:33.373+00', 'a954a014-0ea2-44d8-b48a-de7314006fd3', '2027-11-22 05:29:33.373+00', 365, NULL, NULL, NULL, false, NULL, NULL, DEFAULT, '2026-11-22 05:29:33.373+00', NULL, NULL, NULL),
	('MuOi3kmF36uaKR6S', 'service', 'f07a8e7d-76a9-423c-ae5b-9cd52c6669a8', NULL, '6d28372e-802a-41f2-ad11-89bb8ffcdc4d', DEFAULT, 'Gateway', 'gateway', '{tokens:verify}', '{}', '{}', '2026-07-26 05:29:32.326+00', 'c791522a-1c91-4a80-ac92-c3452fe4cdb9', '2027-11-22 05:29:33.373+00', 365, NULL, NULL, NULL, false, NULL, NULL, DEFAULT, '2026-11-22 05:29:33.373+00', NULL, NULL, NULL);


--
-- Data for Name: users; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.users VALUES
	('c791522a-1c91-4a80-ac92-c3452fe4cdb9', 'admin@demo.example', 'admin@demo.example', 'Ada Marsh', '$argon2id$v=19$m=19456,t=2,p=1$yr5U6+ZWL7fWz+79lj4fdg$0lB0dWCJGE1+ciZmkx10DqT/QnHWzAw93MeyYlfZ15E', 'f07a8e7d-76a9-423c-ae5b-9cd52c6669a8', '2026-07-25 05:29:32.326+00'),
	('365c569e-8359-4322-85a4-acb8208294bd', 'reseller@demo.example', 'reseller@demo.example', 'Noor Winter', '$argon2id$v=19$m=19456,t=2,p=1$yr5U6+ZWL7fWz+79lj4fdg$0lB0dWCJGE1+ciZmkx10DqT/QnHWzAw93MeyYlfZ15E', 'ff4002ee-50ab-409c-af0c-a71998ad15d2', '2026-09-03 05:29:32.326+00'),
	('a954a014-0ea2-44d8-b48a-de7314006fd3', 'owner@demo.example', 'owner@demo.example', 'Ole Alder', '$argon2id$v=19$m=19456,t=2,p=1$yr5U6+ZWL7fWz+79lj4fdg$0lB0dWCJGE1+ciZmkx10DqT/QnHWzAw93MeyYlfZ15E', '5cb3ef63-e33b-4528-a482-3ffeaf2c94fe', '2026-09-13 05:29:32.326+00'),
	('0af85ec4-d333-48ed-8fa9-3a683f5dd338', 'user@demo.example', 'user@demo.example', 'Uma Alder', '$argon2id$v=19$m=19456,t=2,p=1$yr5U6+ZWL7fWz+79lj4fdg$0lB0dWCJGE1+ciZmkx10DqT/QnHWzAw93MeyYlfZ15E', '5cb3ef63-e33b-4528-a482-3ffeaf2c94fe', '2026-09-23 05:29:32.326+00'),
	('f7da9040-d23e-44f2-8e21-af5559a415dc', 'viewer@demo.example', 'viewer@demo.example', 'Vic Alder', '$argon2id$v=19$m=19456,t=2,p=1$yr5U6+ZWL7fWz+79lj4fdg$0lB0dWCJGE1+ciZmkx10DqT/QnHWzAw93MeyYlfZ15E', '5cb3ef63-e33b-4528-a482-3ffeaf2c94fe', '2026-10-03 05:29:32.326+00'),
	('539ec25a-31ef-4d31-a78a-b3be188ac8bf', 'cedar@demo.example', 'cedar@demo.example', 'Cem Cedar', '$argon2id$v=19$m=19456,t=2,p=1$yr5U6+ZWL7fWz+79lj4fdg$0lB0dWCJGE1+ciZmkx10DqT/QnHWzAw93MeyYlfZ15E', '56b4afe6-0292-46b3-85c7-197d836b424a', '2026-09-18 05:29:32.326+00');


--
-- Name: __drizzle_migrations_id_seq; Type: SEQUENCE SET; Schema: drizzle; Owner: -
--

SELECT pg_catalog.setval('drizzle.__drizzle_migrations_id_seq', 2, true);


--
-- Name: audit_events_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.audit_events_id_seq', 35, true);


--
-- Name: __drizzle_migrations __drizzle_migrations_pkey; Type: CONSTRAINT; Schema: drizzle; Owner: -
--

ALTER TABLE ONLY drizzle.__drizzle_migrations
    ADD CONSTRAINT __drizzle_migrations_pkey PRIMARY KEY (id);


--
-- Name: audit_events audit_events_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit_events
    ADD CONSTRAINT audit_events_pkey PRIMARY KEY (id);


--
-- Name: memberships memberships_user_id_organization_id_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_user_id_organization_id_pk PRIMARY KEY (user_id, organization_id);


--
-- Name: one_time_links one_time_links_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.one_time_links
    ADD CONSTRAINT one_time_links_pkey PRIMARY KEY (digest);


--
-- Name: organizations organizations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.organizations
    ADD CONSTRAINT organizations_pkey PRIMARY KEY (id);


--
-- Name: policy_ceilings policy_ceilings_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.policy_ceilings
    ADD CONSTRAINT policy_ceilings_pkey PRIMARY KEY (only_row);


--
-- Name: service_accounts service_accounts_in_organization; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.service_accounts
    ADD CONSTRAINT service_accounts_in_organization UNIQUE (id, organization_id);


--
-- Name: service_accounts service_accounts_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.service_accounts
    ADD CONSTRAINT service_accounts_pkey PRIMARY KEY (id);


--
-- Name: sessions sessions_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);


--
-- Name: tiers tiers_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tiers
    ADD CONSTRAINT tiers_pkey PRIMARY KEY (id);


--
-- Name: token_secrets token_secrets_token_id_state_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.token_secrets
    ADD CONSTRAINT token_secrets_token_id_state_pk PRIMARY KEY (token_id, state);


--
-- Name: tokens tokens_live; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tokens
    ADD CONSTRAINT tokens_live UNIQUE (id, live);


--
-- Name: tokens tokens_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tokens
    ADD CONSTRAINT tokens_pkey PRIMARY KEY (id);


--
-- Name: users users_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);


--
-- Name: audit_events_by_organization; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX audit_events_by_organization ON public.audit_events USING btree (organization_id, id);


--
-- Name: audit_events_by_target; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX audit_events_by_target ON public.audit_events USING btree (target_type, target_id, id);


--
-- Name: memberships_organization; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX memberships_organization ON public.memberships USING btree (organization_id);


--
-- Name: organizations_one_platform; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX organizations_one_platform ON public.organizations USING btree (kind) WHERE (kind = 'platform'::public.organization_kind);


--
-- Name: organizations_parent; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX organizations_parent ON public.organizations USING btree (parent_id);


--
-- Name: organizations_path; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX organizations_path ON public.organizations USING gin (path);


--
-- Name: organizations_slug; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX organizations_slug ON public.organizations USING btree (slug);


--
-- Name: service_accounts_name; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX service_accounts_name ON public.service_accounts USING btree (organization_id, name_key);


--
-- Name: sessions_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sessions_user ON public.sessions USING btree (user_id);


--
-- Name: tiers_name; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX tiers_name ON public.tiers USING btree (lower(name));


--
-- Name: token_secrets_open; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX token_secrets_open ON public.token_secrets USING btree (reveal_until) WHERE (reveal_salt IS NOT NULL);


--
-- Name: tokens_by_created; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX tokens_by_created ON public.tokens USING btree (organization_id, created_at, id) WHERE (deleted_at IS NULL);


--
-- Name: tokens_by_expires; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX tokens_by_expires ON public.tokens USING btree (organization_id, COALESCE(expires_at, 'infinity'::timestamp with time zone), id) WHERE (deleted_at IS NULL);


--
-- Name: tokens_by_last_used; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX tokens_by_last_used ON public.tokens USING btree (organization_id, COALESCE(last_used_at, '-infinity'::timestamp with time zone), id) WHERE (deleted_at IS NULL);


--
-- Name: tokens_by_name; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX tokens_by_name ON public.tokens USING btree (organization_id, name_key, id) WHERE (deleted_at IS NULL);


--
-- Name: tokens_name; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX tokens_name ON public.tokens USING btree (owner_id, name_key) WHERE (deleted_at IS NULL);


--
-- Name: users_email; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX users_email ON public.users USING btree (email_key);


--
-- Name: audit_events audit_events_never_emptied; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit_events_never_emptied BEFORE TRUNCATE ON public.audit_events FOR EACH STATEMENT EXECUTE FUNCTION public.audit_events_only_grow();


--
-- Name: audit_events audit_events_only_grow; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit_events_only_grow BEFORE DELETE OR UPDATE ON public.audit_events FOR EACH ROW EXECUTE FUNCTION public.audit_events_only_grow();


--
-- Name: organizations organizations_keep_path; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER organizations_keep_path BEFORE INSERT OR UPDATE ON public.organizations FOR EACH ROW EXECUTE FUNCTION public.organizations_keep_path();


--
-- Name: audit_events audit_events_actor_user_id_users_id_fk; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit_events
    ADD CONSTRAINT audit_events_actor_user_id_users_id_fk FOREIGN KEY (actor_user_id) REFERENCES public.users(id);


--
-- Name: audit_events audit_events_organization_id_organizations_id_fk; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit_events
    ADD CONSTRAINT audit_events_organization_id_organizations_id_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id);


--
-- Name: memberships memberships_organization_id_organizations_id_fk; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_organization_id_organizations_id_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id);


--
-- Name: memberships memberships_user_id_users_id_fk; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: organizations organizations_parent_id_organizations_id_fk; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.organizations
    ADD CONSTRAINT organizations_parent_id_organizations_id_fk FOREIGN KEY (parent_id) REFERENCES public.organizations(id);


--
-- Name: organizations organizations_tier_id_tiers_id_fk; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.organizations
    ADD CONSTRAINT organizations_tier_id_tiers_id_fk FOREIGN KEY (tier_id) REFERENCES public.tiers(id);


--
-- Name: service_accounts service_accounts_organization_id_organizations_id_fk; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.service_accounts
    ADD CONSTRAINT service_accounts_organization_id_organizations_id_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id);


--
-- Name: sessions sessions_user_id_users_id_fk; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: token_secrets token_secrets_minted_by_users_id_fk; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.token_secrets
    ADD CONSTRAINT token_secrets_minted_by_users_id_fk FOREIGN KEY (minted_by) REFERENCES public.users(id);


--
-- Name: token_secrets token_secrets_of_live_token; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.token_secrets
    ADD CONSTRAINT token_secrets_of_live_token FOREIGN KEY (token_id, token_live) REFERENCES public.tokens(id, live);


--
-- Name: tokens tokens_created_by_users_id_fk; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tokens
    ADD CONSTRAINT tokens_created_by_users_id_fk FOREIGN KEY (created_by) REFERENCES public.users(id);


--
-- Name: tokens tokens_deleted_by_users_id_fk; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tokens
    ADD CONSTRAINT tokens_deleted_by_users_id_fk FOREIGN KEY (deleted_by) REFERENCES public.users(id);


--
-- Name: tokens tokens_organization_id_organizations_id_fk; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tokens
    ADD CONSTRAINT tokens_organization_id_organizations_id_fk FOREIGN KEY (organization_id) REFERENCES public.organizations(id);


--
-- Name: tokens tokens_revoked_by_users_id_fk; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tokens
    ADD CONSTRAINT tokens_revoked_by_users_id_fk FOREIGN KEY (revoked_by) REFERENCES public.users(id);


--
-- Name: tokens tokens_service_account_in_organization; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tokens
    ADD CONSTRAINT tokens_service_account_in_organization FOREIGN KEY (service_account_id, organization_id) REFERENCES public.service_accounts(id, organization_id);


--
-- Name: tokens tokens_user_id_users_id_fk; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tokens
    ADD CONSTRAINT tokens_user_id_users_id_fk FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: users users_last_organization_id_organizations_id_fk; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_last_organization_id_organizations_id_fk FOREIGN KEY (last_organization_id) REFERENCES public.organizations(id);


--
-- PostgreSQL database dump complete
--


