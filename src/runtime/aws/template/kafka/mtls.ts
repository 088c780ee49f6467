import { prefixOf, tagsOf, type LayerContext } from '../context.ts';
import { attribute, ref, type Resources } from '../values.ts';

const YEARS = 1;

/**
 * An authority of the environment's own, whose certificates the brokers accept. It signs itself, and is billed by the
 * month. https://docs.aws.amazon.com/msk/latest/developerguide/msk-authentication.html
 */
export function clientAuthority(context: LayerContext): Resources {
  const signing = { SigningAlgorithm: 'SHA256WITHRSA' };
  return {
    Authority: {
      Type: 'AWS::ACMPCA::CertificateAuthority',
      Properties: {
        Type: 'ROOT',
        KeyAlgorithm: 'RSA_2048',
        ...signing,
        UsageMode: 'GENERAL_PURPOSE',
        Subject: { CommonName: `${prefixOf(context.spec)}-clients`, Organization: 'Headrace' },
        Tags: tagsOf(context, 'authority')
      }
    },
    AuthorityCertificate: {
      Type: 'AWS::ACMPCA::Certificate',
      Properties: {
        CertificateAuthorityArn: ref('Authority'),
        CertificateSigningRequest: attribute('Authority', 'CertificateSigningRequest'),
        ...signing,
        TemplateArn: `arn:${context.resolved.partition}:acm-pca:::template/RootCACertificate/V1`,
        Validity: { Type: 'YEARS', Value: YEARS }
      }
    },
    AuthorityActivation: {
      Type: 'AWS::ACMPCA::CertificateAuthorityActivation',
      Properties: {
        CertificateAuthorityArn: ref('Authority'),
        Certificate: attribute('AuthorityCertificate', 'Certificate'),
        Status: 'ACTIVE'
      }
    }
  };
}
